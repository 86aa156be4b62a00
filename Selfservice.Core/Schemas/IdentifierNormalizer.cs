using System.Globalization;
using System.Text;

namespace Selfservice.Schemas;

/// <summary>
/// Gives the spellings of one identifier or address one form, for storing and for looking up alike: invisible characters are removed, wide and compatibility forms
/// folded (NFKC), letters made lower case, the ends trimmed, and phone numbers in international notation become E.164.
/// </summary>
public static class IdentifierNormalizer
{
    /// <summary>The normalised form; an empty text when nothing visible is left. Normalising twice changes nothing.</summary>
    public static string Normalize(string identifier)
    {
        var folded = Ascii.IsValid(identifier) && !identifier.AsSpan().ContainsAnyInRange('\0', '\u001f') ? Trimmed(identifier) : Fold(identifier);
        return folded.StartsWith('+') ? InternationalPhone.ToE164(folded, out _) ?? folded : folded;
    }

    private static string Trimmed(string text) => text.Replace("\u007f", "", StringComparison.Ordinal).Trim().ToLowerInvariant();

    // Lower case can leave what NFKC folds further, and folding can bring capitals: once more until nothing changes, three rounds at most.
    private static string Fold(string text)
    {
        var current = text;
        for (var round = 0; round < 3; round++)
        {
            var next = UnicodeNormalization.FormKC(Visible(UnicodeNormalization.FormKC(current)).ToLowerInvariant()).Trim();
            if (next == current)
                break;
            current = next;
        }

        return current;
    }

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!IsInvisible(rune))
                visible.Append(rune.ToString());
        return visible.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0xFFFD or (>= 0x180B and <= 0x180F)
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
}
