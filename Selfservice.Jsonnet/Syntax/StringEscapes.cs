using System.Globalization;
using System.Text;

namespace Selfservice.Jsonnet.Syntax;

/// <summary>Resolves the escapes of quoted strings: those of JSON and <c>\'</c>.</summary>
internal static class StringEscapes
{
    /// <summary>The text meant, or the reason why there is none.</summary>
    public static (string Text, string? Problem) Resolve(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return (raw, null);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            if (++i >= raw.Length)
                return ("", "Truncated escape sequence in string literal.");
            if (raw[i] != 'u')
            {
                var plain = Plain(raw[i]);
                if (plain == '\0')
                    return ("", $"Unknown escape sequence in string literal: \\{raw[i]}");
                text.Append(plain);
                continue;
            }

            var problem = ReadUnicode(raw, ref i, text);
            if (problem is not null)
                return ("", problem);
        }

        return (text.ToString(), null);
    }

    private static char Plain(char c) => c switch
    {
        '"' or '\'' or '\\' or '/' => c,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => '\0',
    };

    /// <summary>Reads \uXXXX; a high surrogate takes the next escape with it, and what is no pair becomes U+FFFD.</summary>
    private static string? ReadUnicode(string raw, ref int i, StringBuilder text)
    {
        var problem = ReadHex(raw, i + 1, out var code);
        if (problem is not null)
            return problem;
        i += 4;
        if (code is < 0xD800 or > 0xDFFF)
        {
            text.Append((char)code);
            return null;
        }

        if (!StartsEscape(raw, i + 1))
            return "Truncated unicode surrogate pair escape sequence in string literal.";

        problem = ReadHex(raw, i + 3, out var low);
        if (problem is not null)
            return problem;
        i += 6;
        if (code < 0xDC00 && low is >= 0xDC00 and <= 0xDFFF)
            text.Append((char)code).Append((char)low);
        else
            text.Append('\uFFFD');
        return null;
    }

    private static bool StartsEscape(string raw, int at) => at + 1 < raw.Length && raw[at] == '\\' && raw[at + 1] == 'u';

    private static string? ReadHex(string raw, int at, out int code)
    {
        code = 0;
        if (at + 4 > raw.Length)
            return "Truncated unicode escape sequence in string literal.";
        var digits = raw.AsSpan(at, 4);
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
                return $"Unicode escape sequence was malformed: {digits}";
        }

        code = int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return null;
    }
}
