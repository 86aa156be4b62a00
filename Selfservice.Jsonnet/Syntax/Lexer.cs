using System.Globalization;
using System.Text;

namespace Selfservice.Jsonnet.Syntax;

/// <summary>Cuts a source into tokens (specification, "Lexing"). The whole text is cut before parsing: an error here comes before any other.</summary>
internal sealed partial class Lexer(SourceFile file, CancellationToken cancellation)
{
    private readonly string _text = file.Text;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _givenBackEnd;

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool AtEnd => _position >= _text.Length;

    public List<Token> Run()
    {
        while (true)
        {
            SkipWhitespace();
            if ((_tokens.Count & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (AtEnd)
                break;
            ReadToken();
        }

        _tokens.Add(new Token(TokenKind.EndOfFile, "", _text.Length, _text.Length));
        return _tokens;
    }

    private void SkipWhitespace()
    {
        while (!AtEnd && Current is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    private void ReadToken()
    {
        var c = Current;
        switch (c)
        {
            case '{': Single(TokenKind.BraceLeft, "{"); break;
            case '}': Single(TokenKind.BraceRight, "}"); break;
            case '[': Single(TokenKind.BracketLeft, "["); break;
            case ']': Single(TokenKind.BracketRight, "]"); break;
            case ',': Single(TokenKind.Comma, ","); break;
            case '.': Single(TokenKind.Dot, "."); break;
            case '(': Single(TokenKind.ParenLeft, "("); break;
            case ')': Single(TokenKind.ParenRight, ")"); break;
            case ';': Single(TokenKind.Semicolon, ";"); break;
            case '"' or '\'': ReadQuoted(c); break;
            case '@': ReadVerbatim(); break;
            case '#': SkipLine(); break;
            case >= '0' and <= '9': ReadNumber(); break;
            case '/' when Follows("//"): SkipLine(); break;
            case '/' when Follows("/*"): SkipBlockComment(); break;
            case '|' when Follows("|||"): ReadTextBlock(); break;
            default:
                if (IsIdentifierStart(c))
                    ReadIdentifier();
                else if (IsSymbol(c))
                    ReadOperator();
                else
                    throw Fail($"Could not lex the character {Quote(_position)}", _position);
                break;
        }
    }

    private bool Follows(string text) => string.CompareOrdinal(_text, _position, text, 0, text.Length) == 0;

    private void Single(TokenKind kind, string text)
    {
        _tokens.Add(new Token(kind, text, _position, _position + 1));
        _position++;
    }

    private void Emit(TokenKind kind, string text, int start) => _tokens.Add(new Token(kind, text, start, _position));

    private void SkipLine()
    {
        var newline = _text.IndexOf('\n', _position);
        _position = newline < 0 ? _text.Length : newline;
    }

    private void SkipBlockComment()
    {
        var end = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0)
            throw Fail("Multi-line comment has no terminating */", _position);
        _position = end + 2;
    }

    private void ReadIdentifier()
    {
        var start = _position;
        while (!AtEnd && (IsIdentifierStart(Current) || char.IsAsciiDigit(Current)))
            _position++;
        var text = _text[start.._position];
        Emit(Keyword(text), text, start);
    }

    /// <summary>A run of symbols is one operator, but it stops before a slash or two bars and gives back trailing unary operators.</summary>
    private void ReadOperator()
    {
        var start = _position++;
        // What was given back before is all unary: looked at once, however long.
        while (start >= _givenBackEnd && !AtEnd && IsSymbol(Current) && Current != '/' && !Follows("||"))
            _position++;
        _givenBackEnd = Math.Max(_givenBackEnd, _position);
        while (_position > start + 1 && _text[_position - 1] is '+' or '-' or '~' or '!' or '$')
            _position--;
        var text = _text[start.._position];
        Emit(text == "$" ? TokenKind.Dollar : TokenKind.Operator, text, start);
    }

    private static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsSymbol(char c) => c is '!' or '$' or ':' or '~' or '+' or '-' or '&' or '|' or '^' or '=' or '<' or '>' or '*' or '/' or '%';

    private static TokenKind Keyword(string text) => text switch
    {
        "assert" => TokenKind.Assert,
        "else" => TokenKind.Else,
        "error" => TokenKind.Error,
        "false" => TokenKind.False,
        "for" => TokenKind.For,
        "function" => TokenKind.Function,
        "if" => TokenKind.If,
        "import" => TokenKind.Import,
        "importstr" => TokenKind.ImportStr,
        "importbin" => TokenKind.ImportBin,
        "in" => TokenKind.In,
        "local" => TokenKind.Local,
        "null" => TokenKind.Null,
        "self" => TokenKind.Self,
        "super" => TokenKind.Super,
        "tailstrict" => TokenKind.TailStrict,
        "then" => TokenKind.Then,
        "true" => TokenKind.True,
        _ => TokenKind.Identifier,
    };

    private StaticErrorException Fail(string message, int offset) => new(file, message, offset, offset);

    private string Quote(int offset)
    {
        if (offset >= _text.Length)
            return "end of file";
        Rune.DecodeFromUtf16(_text.AsSpan(offset), out var rune, out _);
        return rune.Value is >= 0x20 and < 0x7F
            ? $"'{rune}'"
            : string.Create(CultureInfo.InvariantCulture, $"'\\u{rune.Value:x4}'");
    }
}
