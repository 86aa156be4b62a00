namespace Selfservice.Strategies.Link.Tests;

public sealed class OneTimeLinksTests
{
    // ASVS 11.5.1: at least 128 bits; 32 letters and digits have 190.
    [Test]
    public void NewToken_Is32LettersAndDigitsOfAllKinds()
    {
        var tokens = Enumerable.Range(0, 2_000).Select(_ => OneTimeLinks.NewToken()).ToArray();

        tokens.ShouldAllBe(t => t.Length == 32 && t.All(char.IsAsciiLetterOrDigit));
        tokens.Distinct().Count().ShouldBe(2_000);
        for (var place = 0; place < 32; place++)
            tokens.Select(t => t[place]).Distinct().Count().ShouldBe(62);
    }

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        new LinkOptionsCheck().Validate(null, new LinkOptions { Config = new() { Lifespan = TimeSpan.FromMilliseconds(999) } }).Failed.ShouldBeTrue();
        new LinkOptionsCheck().Validate(null, new LinkOptions()).Failed.ShouldBeFalse();
    }
}
