using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>A conversion of a format string, as in Python's <c>%</c> operator.</summary>
/// <param name="Key">The mapping key in parentheses, or null.</param>
/// <param name="IsAlternate">Flag <c>#</c>.</param>
/// <param name="PadsWithZeros">Flag <c>0</c>.</param>
/// <param name="AlignsLeft">Flag <c>-</c>.</param>
/// <param name="LeavesBlank">Flag space.</param>
/// <param name="ShowsPlus">Flag <c>+</c>.</param>
/// <param name="Width">Least width in characters; null for <c>*</c>.</param>
/// <param name="Precision">Digits; null for <c>*</c>; <see cref="NoPrecision"/> when none was written.</param>
/// <param name="Type">The conversion's letter, lower case, <c>d</c> for its synonyms.</param>
/// <param name="IsUpper">Whether the letter was upper case.</param>
internal sealed record FormatCode(
    string? Key, bool IsAlternate, bool PadsWithZeros, bool AlignsLeft, bool LeavesBlank, bool ShowsPlus, int? Width, int? Precision, char Type, bool IsUpper)
{
    public const int NoPrecision = -1;
}

/// <summary><c>std.format</c>: parses the template and takes values from an array, an object, or the one value given.</summary>
internal static class StdFormat
{
    public static StringValue Format(Evaluator evaluator, StringValue template, Value values)
    {
        var output = new TextOutput(evaluator);
        var parts = new FormatParser(evaluator, template.Text).Parse();
        if (values is ObjectValue obj)
            FormatObject(output, parts, obj);
        else
            FormatArray(output, parts, values as ArrayValue ?? new ArrayValue([values]));
        return output.ToValue();
    }

    private static void FormatArray(TextOutput output, List<object> parts, ArrayValue values)
    {
        var evaluator = output.Evaluator;
        var next = 0;
        foreach (var part in parts)
        {
            if (part is not FormatCode code)
            {
                output.Append((string)part);
                continue;
            }

            var width = code.Width ?? TakeStar();
            var precision = code.Precision ?? TakeStar();
            if (code.Type == '%')
            {
                Pad(output, "%", code, width);
                continue;
            }

            if (next >= values.Length)
                throw evaluator.Fail($"Not enough values to format: {values.Length}, expected more than {next}");
            var value = values.Elements[next].Get(evaluator);
            Pad(output, FormatNumbers.Render(evaluator, value, code, width, precision, $"{next}"), code, width);
            next++;
        }

        if (next < values.Length)
            throw evaluator.Fail($"Too many values to format: {values.Length}, expected {next}");

        int TakeStar()
        {
            if (next >= values.Length)
                throw evaluator.Fail($"Not enough values to format: {values.Length}, expected at least {next}");
            return evaluator.AsInteger(values.Elements[next++].Get(evaluator));
        }
    }

    private static void FormatObject(TextOutput output, List<object> parts, ObjectValue values)
    {
        var evaluator = output.Evaluator;
        foreach (var part in parts)
        {
            if (part is not FormatCode code)
            {
                output.Append((string)part);
                continue;
            }

            var width = code.Width ?? throw evaluator.Fail("Cannot use * field width with object.");
            var precision = code.Precision ?? throw evaluator.Fail("Cannot use * precision with object.");
            if (code.Type == '%')
            {
                Pad(output, "%", code, width);
                continue;
            }

            var key = code.Key ?? throw evaluator.Fail("Mapping keys required.");
            var value = values.Get(evaluator, key) ?? throw evaluator.Fail($"No such field: {key}");
            Pad(output, FormatNumbers.Render(evaluator, value, code, width, precision, key), code, width);
        }
    }

    /// <summary>Fills with spaces to the width, which counts code points.</summary>
    private static void Pad(TextOutput output, string text, FormatCode code, int width)
    {
        var missing = width - CodePoints.Count(text);
        if (missing > 0)
            output.Evaluator.Charge(2L * missing);
        var padding = missing > 0 ? new string(' ', missing) : "";
        output.Append(code.AlignsLeft ? text : padding).Append(code.AlignsLeft ? padding : text);
    }
}

/// <summary>Reads templates into texts and <see cref="FormatCode"/>s.</summary>
internal sealed class FormatParser(Evaluator evaluator, string template)
{
    private const int MaxNumber = 100_000_000;
    private int _position;

    private char Current => _position < template.Length ? template[_position] : throw evaluator.Fail("Truncated format code.");

    public List<object> Parse()
    {
        var parts = new List<object>();
        while (_position < template.Length)
        {
            var percent = template.IndexOf('%', _position);
            var end = percent < 0 ? template.Length : percent;
            if (end > _position)
                parts.Add(template[_position..end]);
            _position = end + 1;
            if (percent >= 0)
                parts.Add(ParseCode());
            evaluator.Charge(64);
            evaluator.Step();
        }

        return parts;
    }

    private FormatCode ParseCode()
    {
        var key = ParseKey();
        var flags = new StringBuilder();
        while (Current is '#' or '0' or '-' or ' ' or '+')
            flags.Append(template[_position++]);
        var written = flags.ToString();
        var width = ParseNumber();
        int? precision = FormatCode.NoPrecision;
        if (Current == '.')
        {
            _position++;
            precision = ParseNumber();
        }

        // A length modifier means nothing here.
        if (Current is 'h' or 'l' or 'L')
            _position++;
        var letter = Current;
        _position++;
        var type = letter switch
        {
            'd' or 'i' or 'u' => 'd',
            'o' or 'x' or 'e' or 'f' or 'g' or 'c' or 's' or '%' => letter,
            'X' or 'E' or 'F' or 'G' => char.ToLowerInvariant(letter),
            _ => throw evaluator.Fail($"Unrecognised conversion type: {CodePoints.ToText(CodePoints.At(template, _position - 1))}"),
        };
        return new FormatCode(
            key, written.Contains('#', StringComparison.Ordinal), written.Contains('0', StringComparison.Ordinal),
            written.Contains('-', StringComparison.Ordinal), written.Contains(' ', StringComparison.Ordinal),
            written.Contains('+', StringComparison.Ordinal), width, precision, type, char.IsAsciiLetterUpper(letter));
    }

    private string? ParseKey()
    {
        if (Current != '(')
            return null;
        var close = template.IndexOf(')', _position);
        if (close < 0)
            throw evaluator.Fail("Truncated format code.");
        var key = template[(_position + 1)..close];
        _position = close + 1;
        return key;
    }

    /// <summary>A number, zero if there is none, or null for a star.</summary>
    private int? ParseNumber()
    {
        if (Current == '*')
        {
            _position++;
            return null;
        }

        var number = 0;
        for (; char.IsAsciiDigit(Current); _position++)
        {
            number = (number * 10) + (Current - '0');
            if (number > MaxNumber)
                throw evaluator.FailLimit("a width or precision of more than 100,000,000");
        }

        return number;
    }
}
