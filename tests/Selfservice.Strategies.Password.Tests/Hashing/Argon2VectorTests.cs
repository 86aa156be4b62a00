using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>The vectors of RFC 9106, section 5 (OWASP-PS, ASVS 11.2.1).</summary>
public sealed class Argon2VectorTests
{
    private static readonly Argon2Parameters Parameters = new() { MemoryKibibytes = 32, Iterations = 3, Parallelism = 4 };

    [TestCase(Argon2Type.Argon2d, "512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb")]
    [TestCase(Argon2Type.Argon2i, "c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8")]
    [TestCase(Argon2Type.Argon2id, "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")]
    public void Hash_OfTheRfcInputs_GivesTheRfcTag(object type, string expected)
    {
        foreach (var useAvx2 in Argon2Paths.All)
        {
            using var memory = new Argon2Memory(Argon2.BlocksFor(Parameters));
            var tag = new byte[32];

            Argon2.Hash((Argon2Type)type, Parameters, RfcInput(), memory, tag, useAvx2);

            Convert.ToHexStringLower(tag).ShouldBe(expected);
        }
    }

    // The digests were calculated from step 1 with another implementation of BLAKE2b.
    [TestCase(Argon2Type.Argon2d, "b8819791a0359660bb7709c85fa48f04d5d82c05c5f215ccdb885491717cf757082c28b951be381410b5fc2eb7274033b9fdc7ae672bcaac5d179097a4af3109")]
    [TestCase(Argon2Type.Argon2i, "c46065815276a0b3e731731c902f1fd80cf776907fbb7b6a5ca72e7b56011feeca446c86dd75b9469a5e6879dec4b72d0863fb939b982e5f397cc7d164fddaa9")]
    [TestCase(Argon2Type.Argon2id, "2889de487eb42ae500c0007ed9252f1069eadec40d5765b485de6dc2437a67b8546a2f0acc1a0882db8fcf74714b472e94df421a5da1112ffa11434370a1e997")]
    public void PreHash_OfTheRfcInputs_IsTheDigestOfAllOfThem(object type, string expected)
    {
        var h0 = new byte[64];

        Argon2.PreHash((Argon2Type)type, Parameters, RfcInput(), 32, h0);

        Convert.ToHexStringLower(h0).ShouldBe(expected);
    }

    [Test]
    public void Hash_WhenFinished_LeavesTheMemoryWiped()
    {
        using var memory = new Argon2Memory(Argon2.BlocksFor(Parameters));

        Argon2.Hash(Argon2Type.Argon2id, Parameters, RfcInput(), memory, new byte[32], useAvx2: false);

        Words(memory).ShouldAllBe(word => word == 0);
    }

    [Test]
    public void Hash_WithTooLittleMemory_IsRefused()
    {
        using var memory = new Argon2Memory(31);

        Should.Throw<ArgumentOutOfRangeException>(() => Argon2.Hash(Argon2Type.Argon2id, Parameters, RfcInput(), memory, new byte[32], useAvx2: false));
    }

    private static Argon2Input RfcInput() => new()
    {
        Password = Enumerable.Repeat((byte)1, 32).ToArray(),
        Salt = Enumerable.Repeat((byte)2, 16).ToArray(),
        Secret = Enumerable.Repeat((byte)3, 8).ToArray(),
        AssociatedData = Enumerable.Repeat((byte)4, 12).ToArray(),
    };

    private static unsafe ulong[] Words(Argon2Memory memory) =>
        new ReadOnlySpan<ulong>(memory.Pointer, memory.Blocks * Argon2Block.Words).ToArray();
}
