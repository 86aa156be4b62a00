using Selfservice.Configuration;

namespace Selfservice.Core.Tests.Configuration;

public sealed class DurationTests
{
    [TestCase("10m", 600_000)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("500ms", 500)]
    [TestCase("1.5s", 1500)]
    [TestCase("00:10:00", 600_000)]
    [TestCase("0s", 0)]
    public void Parse_ADuration(string text, double milliseconds) => Duration.Parse(text).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [TestCase("")]
    [TestCase("10")]
    [TestCase("10 m")]
    [TestCase("ten minutes")]
    [TestCase("-5m")]
    [TestCase("99999999999999h")]
    public void Parse_NoDuration(string text) => Duration.Parse(text).ShouldBeNull();
}
