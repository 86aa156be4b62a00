using Selfservice.Ui.Forms;

namespace Selfservice.Ui.Tests;

internal sealed class HtmlPatternTests
{
    [TestCase("^[0-9]{6}$", "[0-9]{6}", TestName = "Whole_LosesItsAnchors")]
    [TestCase("[0-9]+", ".*(?:[0-9]+).*", TestName = "Part_MayStandAnywhere")]
    [TestCase("^a$|b", ".*(?:^a$|b).*", TestName = "Alternatives_KeepTheirAnchors")]
    [TestCase(@"^[a-z0-9._%+-]+@x\.de$", @"[a-z0-9._%+\-]+@x\.de", TestName = "LooseHyphen_IsEscaped")]
    [TestCase(@"^\@\w+$", @"@\w+", TestName = "NeedlessEscape_IsDropped")]
    public void Translates(string pattern, string expected) => HtmlPattern.From(pattern).ShouldBe(expected);

    [TestCase("(?i)abc")]
    [TestCase(@"\Aabc\z")]
    [TestCase("[[:alpha:]]+")]
    [TestCase("[a-z")]
    [TestCase("a{x}")]
    [TestCase("(?P<n>a)")]
    [TestCase("[a&&b]")]
    [TestCase("")]
    [TestCase(null)]
    public void What_ABrowserRefuses_IsLeftOut(string? pattern) => HtmlPattern.From(pattern).ShouldBeNull();
}
