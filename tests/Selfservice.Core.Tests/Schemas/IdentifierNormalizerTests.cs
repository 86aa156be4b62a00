using Selfservice.Schemas;

namespace Selfservice.Core.Tests.Schemas;

public sealed class IdentifierNormalizerTests
{
    [TestCase("  USER@X.ORG ", "user@x.org")]
    [TestCase(" Kim X", "kim x")]
    [TestCase("ＫＩＭ＠ｘ．ｏｒｇ", "kim@x.org")]
    [TestCase("e\u0301te\u0301", "\u00e9t\u00e9")]
    [TestCase("\uFB01x", "fix")]
    [TestCase("a\u200b\u202eb\u0000c\u00ad", "abc")]
    [TestCase("\u1112\u1161\u11ab", "\ud55c")]
    [TestCase("+49 170 555 12 34", "+491705551234")]
    [TestCase("\uff0b49 170 5551234", "+491705551234")]
    [TestCase("+1", "+1")]
    [TestCase("\u200b", "")]
    public void Normalize_Spelling_HasOneForm(string given, string expected)
    {
        IdentifierNormalizer.Normalize(given).ShouldBe(expected);
        IdentifierNormalizer.Normalize(expected).ShouldBe(expected);
    }
}
