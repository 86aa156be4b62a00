using System.Globalization;
using System.Text;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>Numbers as text: whole ones with all their digits, others with the 17 significant digits that identify a double (C's <c>%.17g</c>).</summary>
internal static class Numbers
{
    private const int SignificantDigits = 17;

    public static string ToText(double value)
    {
        if (value == Math.Floor(value))
        {
            if (Math.Abs(value) < 1e15)
                return value == 0 && double.IsNegative(value) ? "-0" : ((long)value).ToString(CultureInfo.InvariantCulture);
            return double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("F0", CultureInfo.InvariantCulture);
        }

        return double.IsNaN(value) ? "NaN" : General(value);
    }

    private static string General(double value)
    {
        Span<char> scientific = stackalloc char[32];
        value.TryFormat(scientific, out var length, "E16", CultureInfo.InvariantCulture);
        scientific = scientific[..length];
        var split = scientific.IndexOf('E');
        var exponent = int.Parse(scientific[(split + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var text = new StringBuilder(32);
        var digits = scientific[..split];
        if (digits[0] == '-')
        {
            text.Append('-');
            digits = digits[1..];
        }

        Span<char> significant = stackalloc char[SignificantDigits];
        significant[0] = digits[0];
        digits[2..].CopyTo(significant[1..]);
        ReadOnlySpan<char> kept = significant.TrimEnd('0');
        if (exponent is < -4 or >= SignificantDigits)
            AppendScientific(text, kept, exponent);
        else
            AppendPositional(text, kept, exponent);
        return text.ToString();
    }

    private static void AppendScientific(StringBuilder text, ReadOnlySpan<char> digits, int exponent)
    {
        text.Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits[1..]);
        text.Append('e').Append(exponent < 0 ? '-' : '+').Append(CultureInfo.InvariantCulture, $"{Math.Abs(exponent):00}");
    }

    private static void AppendPositional(StringBuilder text, ReadOnlySpan<char> digits, int exponent)
    {
        if (exponent < 0)
        {
            text.Append("0.").Append('0', -exponent - 1).Append(digits);
            return;
        }

        var whole = exponent + 1;
        if (digits.Length <= whole)
            text.Append(digits).Append('0', whole - digits.Length);
        else
            text.Append(digits[..whole]).Append('.').Append(digits[whole..]);
    }

    /// <summary>The shortest digits that read back as the same number, never with an exponent: what <c>std.manifestJsonEx</c> prints.</summary>
    public static string ToShortestText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        if (split < 0)
            return text;
        var exponent = int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = text[..split].Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var positional = new StringBuilder();
        if (value < 0)
            positional.Append('-');
        AppendPositional(positional, digits.AsSpan(), exponent);
        return positional.ToString();
    }
}
