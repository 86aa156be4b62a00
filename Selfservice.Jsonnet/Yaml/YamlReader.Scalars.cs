using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

internal sealed partial class YamlReader
{
    /// <summary>A plain scalar; lines below that are indented more than the parent belong to it.</summary>
    private string ReadPlain(int parent, bool isFlow)
    {
        var text = new StringBuilder(ReadPlainLine(isFlow));
        while (true)
        {
            var end = _position;
            SkipSpaces();
            if (AtEnd || AtComment || Current != '\n')
            {
                _position = end;
                break;
            }

            var breaks = 0;
            while (!AtEnd && Current is ' ' or '\t' or '\n')
            {
                breaks += Current == '\n' ? 1 : 0;
                _position++;
            }

            if (AtEnd || AtComment || (!isFlow && Column <= parent) || AtMarker("---") || AtMarker("...") || (!isFlow && IsImplicitKey())
                || (isFlow && Current is ',' or ']' or '}' or ':' && isFlow))
            {
                _position = end;
                break;
            }

            var line = ReadPlainLine(isFlow);
            if (line.Length == 0)
                throw Fail("could not find expected ':'");
            text.Append(breaks == 1 ? " " : new string('\n', breaks - 1)).Append(line);
        }

        return text.ToString();
    }

    /// <summary>Up to a comment, a colon before white space, or what ends a value in a flow collection.</summary>
    private string ReadPlainLine(bool isFlow)
    {
        var start = _position;
        while (!AtEnd && Current != '\n' && !AtComment)
        {
            if (Current == ':' && (Next is ' ' or '\n' or '\t' || (isFlow && Next is ',' or ']' or '}' && isFlow)))
                break;
            if (isFlow && Current is ',' or '[' or ']' or '{' or '}' && isFlow)
                break;
            _position++;
        }

        return _text[start.._position].TrimEnd(' ', '\t');
    }

    private StringValue ReadQuoted()
    {
        var quote = Current;
        var text = new StringBuilder();
        for (_position++; ; _position++)
        {
            if (AtEnd)
                throw Fail("found unexpected end of stream");
            if (Current == '\n')
                FoldLines(text);
            else if (quote == '"' && Current == '\\')
                ReadEscape(text);
            else if (Current != quote)
                text.Append(Current);
            else if (quote == '\'' && Next == '\'' && _position + 1 < _text.Length)
                text.Append(_text[++_position]);
            else
                break;
        }

        _position++;
        evaluator.Charge(48 + 2L * text.Length);
        return StringValue.Of(text.ToString());
    }

    /// <summary>One line feed becomes a space, n become n - 1; white space around them goes. Ends on the last character passed over.</summary>
    private void FoldLines(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or '\t')
            text.Length--;
        var breaks = 0;
        while (!AtEnd && Current is ' ' or '\t' or '\n')
        {
            breaks += Current == '\n' ? 1 : 0;
            _position++;
        }

        _position--;
        text.Append(breaks == 1 ? " " : new string('\n', breaks - 1));
    }

    private void ReadEscape(StringBuilder text)
    {
        _position++;
        var digits = Current switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits > 0)
        {
            text.Append(ReadCodePoint(digits));
            return;
        }

        if (Current == '\n' && !AtEnd)
        {
            while (_position + 1 < _text.Length && Next is ' ' or '\t')
                _position++;
            return;
        }

        text.Append(Current switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\u001B',
            ' ' or '"' or '\'' or '\\' or '/' => Current,
            'N' => '\u0085',
            '_' => '\u00A0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => throw Fail("found unknown escape character"),
        });
    }

    /// <summary>Ends on the last digit.</summary>
    private string ReadCodePoint(int digits)
    {
        if (_position + digits >= _text.Length
            || !int.TryParse(_text.AsSpan(_position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Fail("did not find expected hexdecimal number");
        _position += digits;
        return CodePoints.ToText(code);
    }

    /// <summary>Literal (<c>|</c>) and folded (<c>&gt;</c>) text, with the signs for the last line feeds and an explicit indentation.</summary>
    private StringValue ReadBlockScalar(int parent)
    {
        var isFolded = Current == '>';
        _position++;
        var chomp = ' ';
        var indent = 0;
        for (; !AtBlank; _position++)
        {
            if (Current is '-' or '+')
                chomp = Current;
            else if (char.IsAsciiDigit(Current))
                indent = Math.Max(parent, 0) + (Current - '0');
            else
                throw Fail("did not find expected comment or line break");
        }

        SkipSpaces();
        if (!AtComment && Current != '\n')
            throw Fail("did not find expected comment or line break");
        _position = _text.IndexOf('\n', Math.Min(_position, _text.Length)) is var end && end < 0 ? _text.Length : end + 1;
        var lines = ReadBlockLines(parent, indent);
        evaluator.Charge(48 + 2L * lines.Sum(line => line.Length + 1));
        return StringValue.Of(Chomp(isFolded ? Fold(lines) : string.Concat(lines.Select(line => line + "\n")), chomp));
    }

    private List<string> ReadBlockLines(int parent, int indent)
    {
        var lines = new List<string>();
        while (!AtEnd)
        {
            var end = _text.IndexOf('\n', _position) is var found && found < 0 ? _text.Length : found;
            var line = _text[_position..end];
            var margin = line.Length - line.TrimStart(' ').Length;
            var isBlank = margin == line.Length;
            if (!isBlank && indent == 0)
                indent = margin;
            if (!isBlank && (margin < indent || margin <= parent || AtMarker("---") || AtMarker("...")))
                break;
            lines.Add(line.Length > indent && indent > 0 ? line[indent..] : "");
            _position = Math.Min(end + 1, _text.Length);
        }

        return lines;
    }

    private static string Fold(List<string> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(lines[i]);
            var isText = lines[i].Length > 0 && lines[i][0] is not (' ' or '\t');
            var next = i + 1 < lines.Count ? lines[i + 1] : null;
            if (isText && next is { Length: > 0 } && next[0] is not (' ' or '\t'))
                text.Append(' ');
            else if (!isText || next is not { Length: 0 } || !HasTextAfter(lines, i + 1))
                text.Append('\n');
        }

        return text.ToString();
    }

    private static bool HasTextAfter(List<string> lines, int from)
    {
        var next = lines.FindIndex(from, line => line.Length > 0);
        return next >= 0 && lines[next][0] is not (' ' or '\t');
    }

    private static string Chomp(string text, char chomp)
    {
        if (chomp == '+')
            return text;
        var trimmed = text.TrimEnd('\n');
        return chomp == '-' || trimmed.Length == 0 ? trimmed : trimmed + "\n";
    }
}
