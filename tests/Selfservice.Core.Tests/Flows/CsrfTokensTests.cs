using Selfservice.Flows;

namespace Selfservice.Core.Tests.Flows;

public sealed class CsrfTokensTests
{
    [Test]
    public void Mask_DiffersEachTime_AndMatches()
    {
        var secret = CsrfTokens.NewSecret();
        var (one, two) = (CsrfTokens.Mask(secret), CsrfTokens.Mask(secret));
        one.ShouldNotBe(two);
        CsrfTokens.Matches(one, secret).ShouldBeTrue();
        CsrfTokens.Matches(two, secret).ShouldBeTrue();
    }

    [Test]
    public void Matches_ABareSecret()
    {
        var secret = CsrfTokens.NewSecret();
        CsrfTokens.Matches(Convert.ToBase64String(secret), secret).ShouldBeTrue();
    }

    [Test]
    public void Matches_AnothersToken_IsFalse() => CsrfTokens.Matches(CsrfTokens.Mask(CsrfTokens.NewSecret()), CsrfTokens.NewSecret()).ShouldBeFalse();

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no base64!")]
    [TestCase("AAAA")]
    public void Matches_Garbage_IsFalse(string? token) => CsrfTokens.Matches(token, CsrfTokens.NewSecret()).ShouldBeFalse();

    [Test]
    public void Matches_AnEmptySecret_IsFalse() => CsrfTokens.Matches(CsrfTokens.Mask(CsrfTokens.NewSecret()), []).ShouldBeFalse();
}
