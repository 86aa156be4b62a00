using System.Text;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

public sealed class Argon2idPasswordHasherTests
{
    private const string Password = "correct horse battery staple";
    private readonly FakeTimeProvider _time = new();
    private Argon2idPasswordHasher _hasher = null!;

    [SetUp]
    public void SetUp() => _hasher = Hasher(Cheap());

    [TearDown]
    public void TearDown() => _hasher.Dispose();

    [Test]
    public async Task Verify_WithTheRightPassword_Succeeds()
    {
        var encoded = await _hasher.HashAsync(Password, default);

        encoded.ShouldStartWith("$argon2id$v=19$m=64,t=1,p=1$");
        (await _hasher.VerifyAsync(Password, encoded, default)).ShouldBe(PasswordVerification.Success);
    }

    /// <summary>ASVS 6.2.8: nothing is trimmed or folded.</summary>
    [TestCase("correct horse battery staplE")]
    [TestCase("correct horse battery staple ")]
    [TestCase(" correct horse battery staple")]
    [TestCase("correct horse battery stapl")]
    [TestCase("")]
    public async Task Verify_WithAnotherPassword_Fails(string other)
    {
        var encoded = await _hasher.HashAsync(Password, default);

        (await _hasher.VerifyAsync(other, encoded, default)).ShouldBe(PasswordVerification.Failed);
    }

    /// <summary>N7: the whole password counts, beyond the 72 bytes of bcrypt and up to the last of 1,024.</summary>
    [TestCase(72)]
    [TestCase(1023)]
    public async Task Verify_WithAPrefixOfALongPassword_Fails(int prefix)
    {
        var password = new SeededBytes(7).Text(prefix + 1);
        var encoded = await _hasher.HashAsync(password, default);

        (await _hasher.VerifyAsync(password[..prefix], encoded, default)).ShouldBe(PasswordVerification.Failed);
        (await _hasher.VerifyAsync(password, encoded, default)).ShouldBe(PasswordVerification.Success);
    }

    [TestCase(1025)]
    [TestCase(5_000_000)]
    public async Task Verify_WithATooLongPassword_FailsWithoutHashing(int length)
    {
        var encoded = await _hasher.HashAsync(Password, default);

        (await _hasher.VerifyAsync(new string('a', length), encoded, default)).ShouldBe(PasswordVerification.Failed);
    }

    /// <summary>Written as UTF-8 with replacement, the two would be the same bytes.</summary>
    [Test]
    public async Task Verify_WithHalfASurrogatePair_Fails()
    {
        var encoded = await _hasher.HashAsync("half \ufffd pair", default);

        (await _hasher.VerifyAsync("half \udc00 pair", encoded, default)).ShouldBe(PasswordVerification.Failed);
    }

    [Test]
    public async Task Hash_OfATooLongOrBrokenText_Throws()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await _hasher.HashAsync(new string('a', 1025), default));
        await Should.ThrowAsync<ArgumentException>(async () => await _hasher.HashAsync("half \udc00 pair", default));
    }

    [Test]
    public async Task Hash_OfTheSamePasswordTwice_HasDifferentSalts()
    {
        (await _hasher.HashAsync(Password, default)).ShouldNotBe(await _hasher.HashAsync(Password, default));
    }

    [TestCase("m=64,t=2,p=1")]
    [TestCase("m=128,t=1,p=1")]
    [TestCase("m=64,t=1,p=2")]
    public async Task Verify_OfAHashWithOtherParameters_AsksForAnother(string costs)
    {
        var numbers = costs.Split(',').Select(part => int.Parse(part.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        using var other = Hasher(Cheap(new() { MemoryKibibytes = numbers[0], Iterations = numbers[1], Parallelism = numbers[2] }));
        var encoded = await other.HashAsync(Password, default);

        (await _hasher.VerifyAsync(Password, encoded, default)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        (await _hasher.VerifyAsync("wrong", encoded, default)).ShouldBe(PasswordVerification.Failed);
    }

    [TestCase("")]
    [TestCase("plain text")]
    [TestCase("$argon2id$v=19$m=4194304,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw")]
    public async Task Verify_OfAnUnreadableHash_FailsAfterTheUsualWork(string encoded)
    {
        (await _hasher.VerifyAsync(Password, encoded, default)).ShouldBe(PasswordVerification.Failed);

        _hasher.Pool.Idle.ShouldBe(1);
    }

    [Test]
    public async Task VerifyDummy_TakesTheCurrentParameters()
    {
        await _hasher.VerifyDummyAsync(Password, default);

        // Only memory of the current size is kept.
        _hasher.Pool.Idle.ShouldBe(1);
    }

    /// <summary>N3. The composed and the decomposed form are one password, and a hash of the typed form is still found.</summary>
    [Test]
    public async Task Verify_OfADecomposedPassword_FindsTheComposedOne()
    {
        const string Composed = "caf\u00e9 au lait";
        const string Decomposed = "cafe\u0301 au lait";
        var encoded = await _hasher.HashAsync(Decomposed, default);

        (await _hasher.VerifyAsync(Composed, encoded, default)).ShouldBe(PasswordVerification.Success);
        (await _hasher.VerifyAsync(Decomposed, encoded, default)).ShouldBe(PasswordVerification.Success);
    }

    [Test]
    public async Task Verify_OfAForeignHash_AsksForAnother()
    {
        using var hasher = new Argon2idPasswordHasher(Cheap(), [new Reversed()], _time);

        (await hasher.VerifyAsync("abc", "$reversed$cba", default)).ShouldBe(PasswordVerification.SuccessRehashNeeded);
        (await hasher.VerifyAsync("abd", "$reversed$cba", default)).ShouldBe(PasswordVerification.Failed);
    }

    [Test]
    public async Task IdleMemory_AfterItsLifespan_IsGivenBack()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _hasher.HashAsync(Password, default).AsTask()));
        _hasher.Pool.Idle.ShouldBeInRange(1, 2);

        _time.Advance(TimeSpan.FromSeconds(9));
        await _hasher.HashAsync(Password, default);
        _time.Advance(TimeSpan.FromSeconds(2));
        _hasher.Pool.Idle.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(10));

        _hasher.Pool.Idle.ShouldBe(0);
    }

    /// <summary>256 logins at once on two slots: all are answered, none is refused, and only two memories existed.</summary>
    [Test]
    public async Task Verify_By256CallersAtOnce_AnswersAll()
    {
        var encoded = await _hasher.HashAsync(Password, default);

        var answers = await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => _hasher.VerifyAsync(Password, encoded, default).AsTask()));

        answers.ShouldAllBe(answer => answer == PasswordVerification.Success);
        _hasher.Pool.Idle.ShouldBeInRange(1, 2);
    }

    [Test]
    public void Options_ThatContradictEachOther_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Hasher(new() { MaximumMemoryKibibytes = 1024 })).Message.ShouldContain("MaximumMemoryKibibytes");
        Should.Throw<ArgumentException>(() => Hasher(Cheap(new() { MemoryKibibytes = 8, Parallelism = 2 }))).Message.ShouldContain("MemoryKibibytes");
        Should.Throw<ArgumentException>(() => Hasher(new() { MaximumConcurrentHashes = 0 }));
    }

    private static PasswordHashingOptions Cheap(Argon2Parameters? parameters = null) =>
        new() { Parameters = parameters ?? new() { MemoryKibibytes = 64, Iterations = 1 }, MaximumConcurrentHashes = 2 };

    private Argon2idPasswordHasher Hasher(PasswordHashingOptions options) => new(options, [], _time);

    private sealed class Reversed : IPasswordHashFormat
    {
        public bool Recognizes(string encoded) => encoded.StartsWith("$reversed$", StringComparison.Ordinal);

        public bool Verify(ReadOnlySpan<byte> password, string encoded)
        {
            var wanted = Encoding.ASCII.GetBytes(encoded["$reversed$".Length..]);
            Array.Reverse(wanted);
            return password.SequenceEqual(wanted);
        }
    }
}
