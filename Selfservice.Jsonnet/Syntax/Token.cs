namespace Selfservice.Jsonnet.Syntax;

/// <summary>What a token is; punctuation, then lexemes with text, then keywords, then the end.</summary>
internal enum TokenKind
{
    BraceLeft,
    BraceRight,
    BracketLeft,
    BracketRight,
    Comma,
    Dollar,
    Dot,
    ParenLeft,
    ParenRight,
    Semicolon,
    Identifier,
    Number,
    Operator,
    StringBlock,
    StringDouble,
    StringSingle,
    VerbatimDouble,
    VerbatimSingle,
    Assert,
    Else,
    Error,
    False,
    For,
    Function,
    If,
    Import,
    ImportStr,
    ImportBin,
    In,
    Local,
    Null,
    Self,
    Super,
    TailStrict,
    Then,
    True,
    EndOfFile,
}

/// <summary>One token; offsets count UTF-16 units from the beginning of the source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Identifier, operator, digits without separators, or the raw content of a string.</param>
/// <param name="Start">First offset.</param>
/// <param name="End">Offset after the last character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool IsString => Kind is >= TokenKind.StringBlock and <= TokenKind.VerbatimSingle;

    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>The token as error messages of the language name it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.EndOfFile => "end of file",
        TokenKind.Identifier or TokenKind.Number or TokenKind.Operator or (>= TokenKind.StringBlock and <= TokenKind.VerbatimSingle)
            when Text.Length > 0 => $"({KindName(Kind)}, \"{Text}\")",
        _ when Text.Length > 0 => $"\"{Text}\"",
        _ => KindName(Kind),
    };

    public static string KindName(TokenKind kind) => kind switch
    {
        TokenKind.BraceLeft => "\"{\"",
        TokenKind.BraceRight => "\"}\"",
        TokenKind.BracketLeft => "\"[\"",
        TokenKind.BracketRight => "\"]\"",
        TokenKind.Comma => "\",\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Dot => "\".\"",
        TokenKind.ParenLeft => "\"(\"",
        TokenKind.ParenRight => "\")\"",
        TokenKind.Semicolon => "\";\"",
        TokenKind.StringBlock => "STRING_BLOCK",
        TokenKind.StringDouble => "STRING_DOUBLE",
        TokenKind.StringSingle => "STRING_SINGLE",
        TokenKind.VerbatimDouble => "VERBATIM_STRING_DOUBLE",
        TokenKind.VerbatimSingle => "VERBATIM_STRING_SINGLE",
        TokenKind.Identifier or TokenKind.Number or TokenKind.Operator => kind.ToString().ToUpperInvariant(),
        TokenKind.EndOfFile => "end of file",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
