using System.Globalization;
using System.Text.RegularExpressions;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

/// <summary>What a scalar means in YAML 1.1, as the reference's library reads it.</summary>
internal static partial class YamlScalar
{
    /// <summary>A plain scalar.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="tag">What follows the first exclamation mark of its tag; null when it has none.</param>
    public static Value Resolve(string text, string? tag) => tag is null ? Resolve(text) : Tagged(StringValue.Of(text), tag);

    /// <summary>A scalar that is a text unless its tag says otherwise.</summary>
    public static Value Tagged(StringValue text, string? tag)
    {
        if (tag is not ("!bool" or "!int" or "!float" or "!null" or "!binary"))
            return text;
        var value = tag == "!binary" ? DecodeBinary(text.Text) : Resolve(text.Text);
        return (tag, value) switch
        {
            ("!bool", BooleanValue) or ("!float", NumberValue) or ("!null", NullValue) or ("!binary", StringValue) => value,
            ("!int", NumberValue number) when number.Content == Math.Truncate(number.Content) => value,
            _ => throw new YamlException($"cannot decode `{text.Text}` as a !{tag}"),
        };
    }

    private static Value DecodeBinary(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? StringValue.Of(Utf8Text.Decode(bytes.AsSpan(0, length))) : NullValue.Instance;
    }

    private static Value Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return NullValue.Instance;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return BooleanValue.True;
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return BooleanValue.False;
            default:
                return text[0] is (>= '0' and <= '9') or '-' or '+' or '.' && ReadNumber(text) is { } number
                    ? NumberValue.Of(number)
                    : StringValue.Of(text);
        }
    }

    private static double? ReadNumber(string text)
    {
        if (text.TrimStart('-', '+').ToLowerInvariant() is ".inf" or ".nan")
            throw new YamlException($"{text} has no JSON");
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        var sign = plain.StartsWith('-') ? -1 : 1;
        var magnitude = plain.TrimStart('-', '+');
        if (plain.Length - magnitude.Length > 1)
            return null;
        foreach (var (prefix, radix) in new[] { ("0x", 16), ("0o", 8), ("0b", 2), ("0", 8) })
        {
            if (magnitude.Length > prefix.Length && magnitude.StartsWith(prefix, StringComparison.Ordinal)
                && ReadDigits(magnitude.AsSpan(prefix.Length), radix) is { } whole)
                return sign * whole;
        }

        return Float().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static double? ReadDigits(ReadOnlySpan<char> digits, int radix)
    {
        double number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) is var digit && digit >= radix)
                return null;
            number = (number * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        return double.IsFinite(number) ? number : null;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}
