using System.Globalization;
using System.Numerics;

namespace Selfservice.Schemas;

/// <summary>
/// A JSON number by its exact value: digits without zeros at either end, times a power of ten. Comparing never expands the exponent, so <c>1e999999999</c> costs
/// nothing.
/// </summary>
internal readonly record struct JsonNumber(bool Negative, string Digits, long Exponent, string Raw)
{
    /// <summary>The widest span of decimal places that a division is done over; beyond it the value is refused.</summary>
    private const long MaxSpan = 2_000;

    // The power of ten of the first digit; what decides between numbers of different size.
    private long Magnitude => Digits.Length + Exponent;

    public bool IsInteger => Digits.Length == 0 || Exponent >= 0;

    public string Canonical =>
        Digits.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{(Negative ? "-" : "")}{Digits}e{Exponent}");

    public static JsonNumber Parse(string raw)
    {
        var negative = raw[0] == '-';
        var e = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = raw.AsSpan(negative ? 1 : 0, (e < 0 ? raw.Length : e) - (negative ? 1 : 0));
        var exponent = e < 0 ? 0 : ParseExponent(raw.AsSpan(e + 1));
        var point = mantissa.IndexOf('.');
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var trimmed = digits.TrimEnd('0');
        exponent += digits.Length - trimmed.Length - fraction;
        trimmed = trimmed.TrimStart('0');
        return trimmed.Length == 0 ? new(false, "", 0, raw) : new(negative, trimmed, exponent, raw);
    }

    public int CompareTo(JsonNumber other)
    {
        if (Digits.Length == 0 || other.Digits.Length == 0)
            return Sign().CompareTo(other.Sign());
        if (Negative != other.Negative)
            return Negative ? -1 : 1;
        var bySize = Magnitude != other.Magnitude ? Magnitude.CompareTo(other.Magnitude) : string.CompareOrdinal(Digits, other.Digits);
        return Negative ? -bySize : bySize;
    }

    /// <exception cref="EvaluationLimitException">The numbers are too far apart to be divided.</exception>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (Digits.Length == 0)
            return true;
        var lowest = Math.Min(Exponent, divisor.Exponent);
        if (Math.Max(Magnitude, divisor.Magnitude) - lowest > MaxSpan)
            throw new EvaluationLimitException("number is too large to be checked");
        return (Scaled(lowest) % divisor.Scaled(lowest)).IsZero;
    }

    private int Sign() => Digits.Length == 0 ? 0 : Negative ? -1 : 1;

    private BigInteger Scaled(long lowest) => BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)(Exponent - lowest));

    // An exponent beyond any use is as good as the largest that keeps sums from overflowing.
    private static long ParseExponent(ReadOnlySpan<char> text)
    {
        const long limit = long.MaxValue / 4;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return Math.Clamp(value, -limit, limit);
        return text[0] == '-' ? -limit : limit;
    }
}
