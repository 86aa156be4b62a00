using System.Text;
using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <summary>
/// Compiles the regular expressions of JSON Schema (ECMA-262 with the <c>u</c> flag, by characters) for .NET, which differs: <c>\d</c> and <c>\w</c> know more than ASCII, <c>$</c>
/// accepts a final line feed, and <c>.</c> takes half a character. Expressions run in linear time; those that need backtracking run under a time limit.
/// </summary>
internal sealed partial class EcmaPattern
{
    private const int MaxPatternLength = 4_096;
    private const int MaxRepeat = 1_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    private readonly string _pattern;
    private readonly bool _syntaxOnly;
    private readonly StringBuilder _output = new();
    private readonly Stack<long> _groupRepeats = new();
    private int _at;
    private bool _backtracks;

    private EcmaPattern(string pattern, bool syntaxOnly)
    {
        _pattern = pattern;
        _syntaxOnly = syntaxOnly;
    }

    /// <exception cref="FormatException">The expression is no ECMA-262 expression, or one that cannot be matched safely.</exception>
    public static Regex Compile(string pattern)
    {
        var compiler = new EcmaPattern(pattern, syntaxOnly: false);
        var translated = compiler.Translate();
        try
        {
            return new Regex(translated, RegexOptions.CultureInvariant | (compiler._backtracks ? RegexOptions.None : RegexOptions.NonBacktracking), Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, RegexOptions.CultureInvariant, Timeout);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public static bool IsValid(string pattern)
    {
        try
        {
            _ = new Regex(new EcmaPattern(pattern, syntaxOnly: true).Translate(), RegexOptions.CultureInvariant, Timeout);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private string Translate()
    {
        if (_pattern.Length > MaxPatternLength)
            throw new FormatException($"it is longer than {MaxPatternLength} characters");
        while (_at < _pattern.Length)
            TranslateOne();
        return _output.ToString();
    }

    private void TranslateOne()
    {
        var c = _pattern[_at];
        switch (c)
        {
            case '$':
                _at++;
                _output.Append("\\z");
                break;
            case '.':
                _at++;
                Emit(CharacterSet.AnyButLineEnds);
                break;
            case '(':
                TranslateGroup();
                break;
            case '[':
                Emit(ReadClass());
                break;
            case '\\':
                TranslateEscape();
                break;
            case '{':
                TranslateRepeat();
                break;
            default:
                var rune = ReadRune();
                EmitLiteral(rune);
                break;
        }
    }

    private void TranslateGroup()
    {
        var rest = _pattern.AsSpan(_at);
        string[] plain = ["(?:", "(?i)", "(?i:"];
        string[] looking = ["(?=", "(?!", "(?<=", "(?<!"];
        var prefix = Array.Find(plain, p => _pattern.AsSpan(_at).StartsWith(p, StringComparison.Ordinal))
            ?? Array.Find(looking, p => _pattern.AsSpan(_at).StartsWith(p, StringComparison.Ordinal));
        if (_syntaxOnly && (prefix is "(?i)" or "(?i:" || rest.StartsWith("(?P<", StringComparison.Ordinal)))
        {
            // Patterns of schemas may use them, as those of the published engine do; ECMA-262 does not know them.
            throw Unsupported("(?");
        }

        if (prefix is not null)
        {
            _backtracks |= Array.IndexOf(looking, prefix) >= 0;
        }
        else if (rest.StartsWith("(?<", StringComparison.Ordinal) || rest.StartsWith("(?P<", StringComparison.Ordinal))
        {
            var end = rest.IndexOf('>');
            if (end < 0 || rest[rest.IndexOf('<')..end].Contains('-'))
                throw Unsupported("(?<");
            prefix = "(?<" + rest[(rest.IndexOf('<') + 1)..(end + 1)].ToString();
            _at += rest[1..].StartsWith("?P", StringComparison.Ordinal) ? 1 : 0;
        }
        else if (rest.StartsWith("(?", StringComparison.Ordinal))
        {
            throw Unsupported(rest[..Math.Min(rest.Length, 4)].ToString());
        }
        else
        {
            prefix = "(";
        }

        _at += prefix.Length;
        _output.Append(prefix);
    }

    // Counted repetitions multiply when nested; the product of all of them bounds the automaton whatever the nesting.
    private void TranslateRepeat()
    {
        var match = RepeatExpression().Match(_pattern, _at);
        if (!match.Success)
            throw Unsupported("{");
        var counts = new[] { match.Groups[1].Value, match.Groups[2].Value }.Where(v => v.Length > 0).Select(v => long.TryParse(v, out var n) ? n : long.MaxValue);
        var largest = counts.Max();
        if (largest > MaxRepeat)
            throw new FormatException($"it repeats more than {MaxRepeat} times");
        _groupRepeats.Push(Math.Max(1, largest));
        if (_groupRepeats.Aggregate(1L, (a, b) => Math.Min(a * b, long.MaxValue / MaxRepeat)) > 10_000_000)
            throw new FormatException("its repetitions multiply to more than 10,000,000");
        _output.Append(match.Value);
        _at += match.Length;
    }

    private int ReadRune()
    {
        if (!Rune.TryGetRuneAt(_pattern, _at, out var rune))
            throw new FormatException("it is not valid Unicode");
        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private void Emit(CharacterSet set) => _output.Append(set.ToPattern(_syntaxOnly));

    private void EmitLiteral(int character)
    {
        // In the BMP, syntax characters keep their meaning; escapes go through TranslateEscape.
        var text = char.ConvertFromUtf32(character);
        _output.Append(text.Length == 1 ? text : $"(?:{text})");
    }

    private static FormatException Unsupported(string part) => new($"\"{part}\" in it is not part of ECMA-262 or not supported");

    [GeneratedRegex(@"\G\{([0-9]+)(?:,([0-9]*))?\}", RegexOptions.None, 1000)]
    private static partial Regex RepeatExpression();
}
