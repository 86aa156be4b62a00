using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>
/// The conversions of <c>std.format</c>. Their arithmetic follows the library's definition step by step, in doubles, because its roundings show in the
/// last digits.
/// </summary>
internal static class FormatNumbers
{
    private const int DefaultPrecision = 6;

    /// <summary>A value as its code wants it, padded with zeros but not yet with spaces.</summary>
    public static string Render(Evaluator evaluator, Value value, FormatCode code, int width, int precision, string which)
    {
        if (code.Type == 's')
            return Manifester.ToStringValue(evaluator, value).Text;
        if (code.Type == 'c')
            return RenderCharacter(evaluator, value);
        if (value is not NumberValue { Content: var number })
            throw evaluator.Fail($"Format required number at {which}, got {value.TypeName}");
        var zeros = code.PadsWithZeros && !code.AlignsLeft ? width : 0;
        var digits = precision == FormatCode.NoPrecision ? DefaultPrecision : precision;
        var least = precision == FormatCode.NoPrecision ? 0 : precision;
        evaluator.Charge(8L * (Math.Max(0, zeros) + Math.Max(0, digits)));
        var style = new Style(evaluator, code);
        return code.Type switch
        {
            'd' => style.Integer(number <= -1, Math.Floor(Math.Abs(number)), zeros, least, 10, ""),
            'o' => style.Integer(number <= -1, Math.Floor(Math.Abs(number)), zeros, least, 8, code.IsAlternate ? "0" : ""),
            'x' => style.Hexadecimal(Math.Floor(number), zeros, least),
            'f' => style.Decimal(number, zeros, digits, keepsZeros: true),
            'e' => style.Scientific(number, zeros, digits, keepsZeros: true),
            _ => style.General(number, zeros, digits),
        };
    }

    private static string RenderCharacter(Evaluator evaluator, Value value)
    {
        switch (value)
        {
            case NumberValue { Content: var code }:
                return code is >= 0 and <= 0x10FFFF
                    ? CodePoints.ToText((int)code)
                    : throw evaluator.Fail($"Invalid unicode codepoint, got {Numbers.ToText(code)}");
            case StringValue { Length: 1, Text: var text }:
                return text;
            case StringValue text:
                throw evaluator.Fail(string.Create(CultureInfo.InvariantCulture, $"%c expected 1-sized string got: {text.Length}"));
            default:
                throw evaluator.Fail($"%c expected number / string, got: {value.TypeName}");
        }
    }

    private readonly struct Style(Evaluator evaluator, FormatCode code)
    {
        public string Integer(bool isNegative, double magnitude, int width, int digits, int radix, string prefix, bool plain = false)
        {
            var text = magnitude == 0 ? "0" : prefix + Digits(magnitude, radix, "0123456789");
            var hasSign = isNegative || (!plain && (code.LeavesBlank || code.ShowsPlus));
            text = text.PadLeft(Math.Max(0, Math.Max(width - (hasSign ? 1 : 0), digits)), '0');
            return Sign(isNegative, plain) + text;
        }

        public string Hexadecimal(double number, int width, int digits)
        {
            var magnitude = Math.Abs(number);
            var text = magnitude == 0 ? "0" : Digits(magnitude, 16, code.IsUpper ? "0123456789ABCDEF" : "0123456789abcdef");
            var isNegative = number < 0;
            var hasSign = isNegative || code.LeavesBlank || code.ShowsPlus;
            var room = width - (hasSign ? 1 : 0) - (code.IsAlternate ? 2 : 0);
            text = text.PadLeft(Math.Max(0, Math.Max(room, digits)), '0');
            var mark = code.IsAlternate ? code.IsUpper ? "0X" : "0x" : "";
            return Sign(isNegative, false) + mark + text;
        }

        public string Decimal(double number, int width, int precision, bool keepsZeros)
        {
            var magnitude = Math.Abs(number);
            var denominator = evaluator.Checked(ReferenceMath.Pow(10, precision)).Content;
            var numerator = evaluator.Checked((magnitude * denominator) + 0.5).Content;
            var whole = Math.Sign(magnitude) * Math.Floor(numerator / denominator);
            var fraction = Math.Floor(numerator) % denominator;
            var dot = precision == 0 && !code.IsAlternate ? 0 : 1;
            var text = Integer(number < 0, whole, width - precision - dot, 0, 10, "");
            if (precision == 0)
                return text + (code.IsAlternate ? "." : "");
            if (!keepsZeros && fraction <= 0)
                return text;
            var digits = Integer(false, fraction, precision, 0, 10, "", plain: true);
            return text + "." + (keepsZeros ? digits : digits.TrimEnd('0'));
        }

        public string Scientific(double number, int width, int precision, bool keepsZeros)
        {
            var exponent = Exponent(number);
            var suffix = (code.IsUpper ? "E" : "e") + (exponent < 0 ? "-" : "+")
                + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            // 10^-324 is zero as a double.
            var mantissa = exponent == -324 ? number * 10 / ReferenceMath.Pow(10, exponent + 1) : number / ReferenceMath.Pow(10, exponent);
            return Decimal(mantissa, width - suffix.Length, precision, keepsZeros) + suffix;
        }

        public string General(double number, int width, int precision)
        {
            var exponent = Exponent(number);
            if (exponent < -4 || exponent >= precision)
                return Scientific(number, width, Math.Max(0, precision - 1), code.IsAlternate);
            return Decimal(number, width, precision - Math.Max(1, exponent + 1), code.IsAlternate);
        }

        private static int Exponent(double number) => number == 0 ? 0 : (int)Math.Floor(ReferenceMath.Log(Math.Abs(number)) / ReferenceMath.Log(10));

        private string Sign(bool isNegative, bool plain) =>
            isNegative ? "-" : plain ? "" : code.ShowsPlus ? "+" : code.LeavesBlank ? " " : "";

        private static string Digits(double magnitude, int radix, string numerals)
        {
            var digits = new StringBuilder();
            for (var rest = magnitude; rest > 0; rest = Math.Floor(rest / radix))
                digits.Insert(0, numerals[(int)(rest % radix)]);
            return digits.ToString();
        }
    }
}
