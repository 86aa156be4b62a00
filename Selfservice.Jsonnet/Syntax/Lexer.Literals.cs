using System.Globalization;
using System.Text;

namespace Selfservice.Jsonnet.Syntax;

internal sealed partial class Lexer
{
    /// <summary>Quoted strings keep their escapes: those are resolved by the parser, whose errors come later.</summary>
    private void ReadQuoted(char quote)
    {
        var start = _position++;
        while (true)
        {
            if (AtEnd)
                throw Fail("Unterminated String", start);
            var c = _text[_position++];
            if (c == quote)
                break;
            if (c == '\\' && !AtEnd)
                _position++;
        }

        Emit(quote == '"' ? TokenKind.StringDouble : TokenKind.StringSingle, _text[(start + 1)..(_position - 1)], start);
    }

    private void ReadVerbatim()
    {
        var start = _position++;
        var quote = Current;
        if (AtEnd || quote is not ('"' or '\''))
        {
            var code = AtEnd ? -1 : quote;
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"Couldn't lex verbatim string, junk after '@': {(int)code}"), start);
        }

        _position++;
        var content = new StringBuilder();
        while (true)
        {
            if (AtEnd)
                throw Fail("Unterminated String", start);
            var c = _text[_position++];
            if (c == quote)
            {
                if (Current != quote || AtEnd)
                    break;
                _position++;
            }

            content.Append(c);
        }

        Emit(quote == '"' ? TokenKind.VerbatimDouble : TokenKind.VerbatimSingle, content.ToString(), start);
    }

    /// <summary>Text blocks: the first line's indentation is taken off every line; a line with less of it must be the end.</summary>
    private void ReadTextBlock()
    {
        var start = _position;
        _position += 3;
        var chomp = Current == '-';
        if (chomp)
            _position++;
        while (!AtEnd && Current is ' ' or '\t' or '\r')
            _position++;
        if (Current != '\n' || AtEnd)
            throw Fail("Text block requires new line after |||.", start);
        _position++;
        var content = new StringBuilder();
        TakeBlankLines(content);
        var indent = ReadIndent();
        if (indent.Length == 0)
            throw Fail("Text block's first line must start with whitespace", start);
        while (Follows(indent))
        {
            TakeLine(content, indent.Length, start);
            TakeBlankLines(content);
        }

        while (!AtEnd && Current is ' ' or '\t')
            _position++;
        if (!Follows("|||"))
            throw Fail("Text block not terminated with |||", start);
        _position += 3;
        if (chomp && content.Length > 0)
            content.Length--;
        Emit(TokenKind.StringBlock, content.ToString(), start);
    }

    private void TakeLine(StringBuilder content, int indent, int start)
    {
        var newline = _text.IndexOf('\n', _position);
        if (newline < 0)
            throw Fail("Unexpected EOF", start);
        content.Append(_text, _position + indent, newline + 1 - _position - indent);
        _position = newline + 1;
    }

    private void TakeBlankLines(StringBuilder content)
    {
        for (; !AtEnd && Current == '\n'; _position++)
            content.Append('\n');
    }

    private string ReadIndent()
    {
        var end = _position;
        while (end < _text.Length && _text[end] is ' ' or '\t')
            end++;
        return _text[_position..end];
    }

    /// <summary>A number as in JSON without its sign; single underscores may stand between digits, but not after a leading zero.</summary>
    private void ReadNumber()
    {
        var start = _position;
        if (Current == '0')
        {
            _position++;
            if (Current == '_')
                throw Fail("Couldn't lex number, _ not allowed after leading 0", _position);
        }
        else
        {
            ReadDigits("number");
        }

        if (Current == '.')
        {
            _position++;
            ReadDigits("decimal point");
        }

        if (Current is 'e' or 'E')
        {
            _position++;
            var signed = Current is '+' or '-';
            if (signed)
                _position++;
            ReadDigits(signed ? "exponent sign" : "'E'");
        }

        Emit(TokenKind.Number, _text[start.._position].Replace("_", "", StringComparison.Ordinal), start);
    }

    private void ReadDigits(string after)
    {
        if (!char.IsAsciiDigit(Current))
            throw Fail($"Couldn't lex number, junk after {after}: {Quote(_position)}", _position);
        while (char.IsAsciiDigit(Current))
        {
            _position++;
            if (Current != '_')
                continue;
            _position++;
            if (Current == '_')
                throw Fail("Couldn't lex number, multiple consecutive _'s", _position);
            if (!char.IsAsciiDigit(Current))
                throw Fail($"Couldn't lex number, junk after '_': {Quote(_position)}", _position);
        }
    }
}
