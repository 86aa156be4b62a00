namespace Selfservice.Strategies.Code.Tests;

public sealed class OneTimeCodesTests
{
    // ASVS 6.5.3, 6.5.4: from the system's generator, at least 20 bits; six digits have just under 20, which the counted tries make up for.
    [Test]
    public void New_IsSixDigitsOfAllKinds()
    {
        var codes = Enumerable.Range(0, 5_000).Select(_ => OneTimeCodes.New()).ToArray();

        codes.ShouldAllBe(c => c.Length == OneTimeCodes.Length && c.All(char.IsAsciiDigit));
        for (var place = 0; place < OneTimeCodes.Length; place++)
            codes.Select(c => c[place]).Distinct().Count().ShouldBe(10, "Every digit must come at every place, also 0 at the first.");
        codes.Distinct().Count().ShouldBeGreaterThan(4_900);
    }

    [TestCase("ada@example.org", "ad****@example.org")]
    [TestCase("ad@example.org", "ad****@example.org")]
    [TestCase("a@example.org", "a@example.org")]
    [TestCase("+491701234567", "+49****67")]
    [TestCase("12345", "12345")]
    [TestCase("123456", "123****56")]
    public void Mask_ShowsAsMuchAsItsOwnerNeeds(string address, string masked) => CodeRecoveryByChoice.Mask(address).ShouldBe(masked);

    [TestCase(0, 5, 20)]
    [TestCase(600, 0, 20)]
    [TestCase(600, 256, 20)]
    [TestCase(600, 5, 0)]
    [TestCase(600, 5, 10_001)]
    public void Options_OutOfRange_AreRefused(int lifespanSeconds, int submissions, int submissionsPerAddress)
    {
        var options = new CodeOptions { Config = new() { Lifespan = TimeSpan.FromSeconds(lifespanSeconds), MaxSubmissions = submissions, MaxSubmissionsPerAddress = submissionsPerAddress } };

        new CodeOptionsCheck().Validate(null, options).Failed.ShouldBeTrue();
        new CodeOptionsCheck().Validate(null, new CodeOptions()).Failed.ShouldBeFalse();
    }
}
