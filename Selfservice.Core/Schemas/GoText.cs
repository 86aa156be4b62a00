using System.Globalization;
using System.Text;

namespace Selfservice.Schemas;

/// <summary>Texts as the published messages print them: numbers in the shortest %g form, strings quoted with escapes.</summary>
internal static class GoText
{
    /// <summary>The number as a double in its shortest form, with an exponent below 0.0001 and from 1,000,000 on.</summary>
    public static string Number(string raw)
    {
        var value = double.Parse(raw, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        var number = JsonNumber.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        var digits = number.Digits;
        if (digits.Length == 0)
            return "0";
        var sign = number.Negative ? "-" : "";
        var exponent = (int)(digits.Length + number.Exponent - 1);
        return sign + (exponent is < -4 or >= 6 ? Exponential(digits, exponent) : Plain(digits, exponent));
    }

    /// <summary>The text between double quotes, with control characters, quotes and backslashes escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            Append(quoted, rune);
        return quoted.Append('"').ToString();
    }

    private static string Exponential(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        var whole = exponent + 1;
        return digits.Length <= whole ? digits.PadRight(whole, '0') : $"{digits[..whole]}.{digits[whole..]}";
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        var escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (escape is not null)
            text.Append(escape);
        else if (IsPrintable(rune))
            text.Append(rune.ToString());
        else if (rune.Value < 0x80)
            text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else if (rune.Value < 0x10000)
            text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else
            text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
