using System.Text;
using Selfservice.Schemas;

namespace Selfservice.Core.Tests.Schemas;

public sealed class UnicodeNormalizationTests
{
    [TestCase("plain text 4711", "plain text 4711")]
    [TestCase("cafe\u0301", "caf\u00e9", Description = "a letter and its accent")]
    [TestCase("\u212b\u2126\ufa10", "\u00c5\u03a9\u585a", Description = "characters that are other characters")]
    [TestCase("\u0958", "\u0915\u093c", Description = "a character that is never composed again")]
    [TestCase("q\u0307\u0323", "q\u0323\u0307", Description = "marks in the order of their classes")]
    [TestCase("a\u0323\u0302", "\u1ead", Description = "two marks in one letter")]
    [TestCase("\u1100\u1161\u11a8", "\uac01", Description = "Hangul")]
    [TestCase("\ufb01\u2075\uff21", "\ufb01\u2075\uff21", Description = "compatibility forms stay")]
    [TestCase("\ud834\udd5e", "\ud834\udd57\ud834\udd65", Description = "beyond the basic plane")]
    public void FormC_ComposesAndFoldsNothing(string given, string expected) => UnicodeNormalization.FormC(given).ShouldBe(expected);

    [Test]
    public void FormC_OfAnyCharacterBetweenMarks_ChangesNothingTheSecondTime()
    {
        for (var c = 0x80; c < 0x30000; c++)
        {
            if (!Rune.IsValid(c))
                continue;
            var once = UnicodeNormalization.FormC($"\u0301{new Rune(c)}\u0323\u0301");
            UnicodeNormalization.FormC(once).ShouldBe(once);
        }
    }

    [TestCase("\ufb01\u2075\uff21", "fi5A")]
    [TestCase("cafe\u0301", "caf\u00e9")]
    public void FormKC_FoldsCompatibilityForms(string given, string expected) => UnicodeNormalization.FormKC(given).ShouldBe(expected);
}
