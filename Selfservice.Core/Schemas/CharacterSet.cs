using System.Globalization;
using System.Text;

namespace Selfservice.Schemas;

/// <summary>A set of characters, kept as ranges of code points, written as a .NET expression that takes whole characters where .NET takes halves of pairs.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Mark"] = "M", ["Number"] = "N", ["Punctuation"] = "P", ["punct"] = "P", ["Symbol"] = "S", ["Separator"] = "Z", ["Other"] = "C",
        ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt", ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo",
        ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Other_Number"] = "No", ["Nonspacing_Mark"] = "Mn", ["Space_Separator"] = "Zs",
        ["Control"] = "Cc", ["Dash_Punctuation"] = "Pd", ["Currency_Symbol"] = "Sc", ["Math_Symbol"] = "Sm",
    };

    // In the order of UnicodeCategory.
    private static readonly string[] CategoryCodes =
        ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn"];

    private readonly List<(int First, int Last)> _ranges = [];

    public static CharacterSet Digits { get; } = Of(('0', '9'));

    public static CharacterSet Word { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    public static CharacterSet Space { get; } = Of(
        (9, 13), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    public static CharacterSet AnyButLineEnds { get; } = Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Negate();

    /// <summary>The characters of a general category, by its short or long name; null for an unknown name.</summary>
    public static CharacterSet? OfCategory(string name)
    {
        var code = LongNames.GetValueOrDefault(name, name);
        if (!Array.Exists(CategoryCodes, c => c == code || (code.Length == 1 && c[0] == code[0])))
            return null;
        var set = new CharacterSet();
        var start = -1;
        for (var c = 0; c <= Last + 1; c++)
        {
            var isIn = c <= Last && CategoryCodes[(int)CharUnicodeInfo.GetUnicodeCategory(c)].StartsWith(code, StringComparison.Ordinal);
            if (isIn && start < 0)
                start = c;
            if (isIn || start < 0)
                continue;
            set.Add(start, c - 1);
            start = -1;
        }

        return set;
    }

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CharacterSet other) => _ranges.AddRange(other._ranges);

    public CharacterSet Negate()
    {
        var negated = new CharacterSet();
        var next = 0;
        foreach (var (first, last) in _ranges.Order())
        {
            if (first > next)
                negated.Add(next, first - 1);
            next = Math.Max(next, last + 1);
        }

        if (next <= Last)
            negated.Add(next, Last);
        return negated;
    }

    public string ToPattern(bool syntaxOnly)
    {
        if (syntaxOnly)
            return "[^\\n]";
        var text = new StringBuilder("(?:[");
        var bmp = text.Length;
        foreach (var (first, last) in _ranges)
        {
            // Halves of pairs are no characters of their own.
            AppendUnits(text, first, Math.Min(last, 0xD7FF));
            AppendUnits(text, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
        }

        if (text.Length == bmp)
            text.Append("\\0-\\uFFFF-[\\0-\\uFFFF]");
        text.Append(']');
        foreach (var (first, last) in _ranges)
            AppendPairs(text, Math.Max(first, 0x10000), last);
        return text.Append(')').ToString();
    }

    private static CharacterSet Of(params (int First, int Last)[] ranges)
    {
        var set = new CharacterSet();
        set._ranges.AddRange(ranges);
        return set;
    }

    private static void AppendPairs(StringBuilder text, int first, int last)
    {
        while (first <= last)
        {
            // All of the high halves whose low halves are complete go into one branch.
            var (high, low) = Halves(first);
            var isWhole = low == 0xDC00 && last - first >= 0x3FF;
            var end = isWhole ? first + ((last - first + 1) & ~0x3FF) - 1 : Math.Min(last, first | 0x3FF);
            text.Append("|[");
            AppendUnits(text, high, Halves(end).High);
            text.Append("][");
            AppendUnits(text, low, Halves(end).Low);
            text.Append(']');
            first = end + 1;
        }
    }

    private static (int High, int Low) Halves(int character) => (0xD800 + ((character - 0x10000) >> 10), 0xDC00 + ((character - 0x10000) & 0x3FF));

    private static void AppendUnits(StringBuilder text, int first, int last)
    {
        if (first > last)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
        if (last > first)
            text.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
    }
}
