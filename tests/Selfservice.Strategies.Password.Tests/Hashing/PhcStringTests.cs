using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

public sealed class PhcStringTests
{
    private const string Good = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [TestCase(Good)]
    [TestCase("$argon2id$v=19$m=65536,t=3,p=4$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw")]
    [TestCase("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw")]
    public void Parse_OfAWellFormedHash_GivesItBack(string text)
    {
        Parse(text).ShouldNotBeNull().ToString().ShouldBe(text);
    }

    [Test]
    public void Parse_OfAWellFormedHash_ReadsItsParameters()
    {
        Parse(Good).ShouldNotBeNull().Parameters.ShouldBe(new Argon2Parameters());
    }

    [TestCase("m=19456", "m=4194304", TestName = "{m}_MemoryOfFourGibibytes")]
    [TestCase("m=19456", "m=262145")]
    [TestCase("m=19456", "m=4294967296")]
    [TestCase("m=19456", "m=99999999999999999999")]
    [TestCase("m=19456", "m=7")]
    [TestCase("m=19456", "m=0")]
    [TestCase("m=19456", "m=-1")]
    [TestCase("m=19456", "m=+19456")]
    [TestCase("m=19456", "m=019456")]
    [TestCase("m=19456", "m= 19456")]
    [TestCase("m=19456", "m=19456.0")]
    [TestCase("m=19456", "m=")]
    [TestCase("m=19456,t=2", "t=2,m=19456")]
    [TestCase("t=2", "t=0")]
    [TestCase("t=2", "t=17")]
    [TestCase("t=2", "t=4294967295")]
    [TestCase("p=1", "p=0")]
    [TestCase("p=1", "p=256")]
    [TestCase("p=1", "p=1,keyid=AAAA")]
    [TestCase("p=1", "p=1,p=1")]
    [TestCase("v=19", "v=16")]
    [TestCase("$v=19", "")]
    [TestCase("$argon2id", "$argon2i")]
    [TestCase("$argon2id", "argon2id")]
    [TestCase("$argon2id", " $argon2id")]
    [TestCase("DA0ODw$", "DA0ODw==$")]
    [TestCase("DA0ODw$", "DA0ODx$")]
    [TestCase("DA0ODw$", "DA0 Dw$")]
    [TestCase("DA0ODw$", "DA0OD$")]
    [TestCase("DA0ODw$", "DA0O_w$")]
    [TestCase("AAECAwQFBgcICQoLDA0ODw$", "AAECAwQFBg$")]
    [TestCase("AAECAwQFBgcICQoLDA0ODw$", "$")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "AAECAwQFBgc")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "")]
    [TestCase("Hh8", "Hh8$")]
    [TestCase("Hh8", "Hh8\n")]
    public void Parse_OfAHostileHash_IsRefused(string part, string replacement)
    {
        Good.ShouldContain(part);

        Parse(Good.Replace(part, replacement, StringComparison.Ordinal)).ShouldBeNull();
    }

    [Test]
    public void Parse_OfAVeryLongText_IsRefused()
    {
        Parse(Good + new string('A', 100_000)).ShouldBeNull();
    }

    private static PhcString? Parse(string text) => PhcString.Parse(text, 262_144, 16);
}
