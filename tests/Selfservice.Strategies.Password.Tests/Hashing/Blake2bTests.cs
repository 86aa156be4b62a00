using System.Text;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>RFC 7693, appendices A and E.</summary>
public sealed class Blake2bTests
{
    [TestCase("", "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce")]
    [TestCase("abc", "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")]
    public void Hash_OfAKnownText_GivesTheKnownDigest(string text, string expected)
    {
        var digest = new byte[64];

        Blake2b.Hash(Encoding.ASCII.GetBytes(text), digest);

        Convert.ToHexStringLower(digest).ShouldBe(expected);
    }

    /// <summary>Appendix E: 48 digests, keyed and not, of 20 to 64 bytes over 0 to 1,024 bytes, hashed together.</summary>
    [Test]
    public void Hash_OfTheSelfTestSequence_GivesTheGrandDigest()
    {
        var grand = new Blake2b(32);
        foreach (var digestBytes in (int[])[20, 32, 48, 64])
        {
            foreach (var inputBytes in (int[])[0, 3, 128, 129, 255, 1024])
            {
                var input = Sequence(inputBytes, (uint)inputBytes);
                var digest = new byte[digestBytes];
                Blake2b.Hash(input, digest);
                grand.Update(digest);

                var keyed = new Blake2b(digestBytes, Sequence(digestBytes, (uint)digestBytes));
                keyed.Update(input);
                keyed.Finish(digest);
                grand.Update(digest);
            }
        }

        var result = new byte[32];
        grand.Finish(result);

        Convert.ToHexStringLower(result).ShouldBe("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475");
    }

    [Test]
    public void Update_InPiecesOfAnySize_GivesTheDigestOfTheWhole()
    {
        var input = Sequence(700, 1);
        var whole = new byte[64];
        Blake2b.Hash(input, whole);

        for (var piece = 1; piece <= 260; piece++)
        {
            var state = new Blake2b(64);
            for (var at = 0; at < input.Length; at += piece)
                state.Update(input.AsSpan(at, Math.Min(piece, input.Length - at)));
            var digest = new byte[64];
            state.Finish(digest);
            digest.ShouldBe(whole);
        }
    }

    // The deterministic sequence that appendix E defines.
    private static byte[] Sequence(int length, uint seed)
    {
        var bytes = new byte[length];
        var a = 0xDEAD4BAD * seed;
        var b = 1u;
        for (var i = 0; i < length; i++)
        {
            var t = a + b;
            a = b;
            b = t;
            bytes[i] = (byte)(t >> 24);
        }

        return bytes;
    }
}
