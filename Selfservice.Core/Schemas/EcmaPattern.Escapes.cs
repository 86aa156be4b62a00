using System.Globalization;
using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <content>Escapes and classes.</content>
internal sealed partial class EcmaPattern
{
    private const string WordBoundary = "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";
    private const string NoWordBoundary = "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))";

    private void TranslateEscape()
    {
        var next = _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';
        switch (next)
        {
            case 'b' or 'B':
                _at += 2;
                _backtracks = true;
                _output.Append(next == 'b' ? WordBoundary : NoWordBoundary);
                break;
            case >= '1' and <= '9':
            case 'k':
                var reference = BackReference().Match(_pattern, _at);
                if (!reference.Success)
                    throw Unsupported($"\\{next}");
                _backtracks = true;
                _output.Append("(?:").Append(reference.Value).Append(')');
                _at += reference.Length;
                break;
            default:
                if (ReadSetEscape() is { } set)
                    Emit(set);
                else
                    EmitEscaped(ReadCharacterEscape());
                break;
        }
    }

    private CharacterSet ReadClass()
    {
        _at++;
        var negated = _at < _pattern.Length && _pattern[_at] == '^';
        if (negated)
            _at++;
        var set = new CharacterSet();
        while (_at < _pattern.Length && _pattern[_at] != ']')
        {
            if (ReadSetEscape() is { } inner)
            {
                set.Add(inner);
                continue;
            }

            var first = ReadClassCharacter();
            var last = first;
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                if (ReadSetEscape() is not null)
                    throw new FormatException("a range in it ends in a class");
                last = ReadClassCharacter();
            }

            if (last < first)
                throw new FormatException("a range in it is in reverse order");
            set.Add(first, last);
        }

        if (_at >= _pattern.Length)
            throw new FormatException("a class in it is not closed");
        _at++;
        return negated ? set.Negate() : set;
    }

    private int ReadClassCharacter()
    {
        if (_pattern[_at] != '\\')
            return ReadRune();
        if (_at + 1 < _pattern.Length && _pattern[_at + 1] == 'b')
        {
            _at += 2;
            return '\b';
        }

        return ReadCharacterEscape();
    }

    /// <summary>An escape that stands for several characters; null, and nothing read, when the next thing is none.</summary>
    private CharacterSet? ReadSetEscape()
    {
        if (_pattern[_at] != '\\' || _at + 1 >= _pattern.Length)
            return null;
        var kind = _pattern[_at + 1];
        if (kind is 'p' or 'P')
        {
            var match = PropertyName().Match(_pattern, _at + 2);
            var category = match.Success ? CharacterSet.OfCategory(match.Groups[1].Value) : null;
            if (category is null)
                throw new FormatException("a \\p in it names no general category");
            _at += 2 + match.Length;
            return kind == 'p' ? category : category.Negate();
        }

        var set = char.ToLowerInvariant(kind) switch
        {
            'd' => CharacterSet.Digits,
            'w' => CharacterSet.Word,
            's' => CharacterSet.Space,
            _ => null,
        };
        if (set is null)
            return null;
        _at += 2;
        return char.IsUpper(kind) ? set.Negate() : set;
    }

    private int ReadCharacterEscape()
    {
        var match = CharacterEscape().Match(_pattern, _at);
        if (!match.Success)
            throw Unsupported(_pattern.Substring(_at, Math.Min(2, _pattern.Length - _at)));
        _at += match.Length;
        var text = match.Value;
        return text[1] switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            '0' => 0,
            'c' => text[2] % 32,
            'x' => Hex(text[2..]),
            'u' when text[2] == '{' => Hex(text[3..^1]),
            'u' when text.Length > 6 => char.ConvertToUtf32((char)Hex(text[2..6]), (char)Hex(text[8..])),
            'u' => Hex(text[2..]),
            var self => self,
        };
    }

    private void EmitEscaped(int character) =>
        _output.Append(character > 0xFFFF ? $"(?:{char.ConvertFromUtf32(character)})" : $"\\u{character:X4}");

    private static int Hex(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value is <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF)
            ? value
            : digits is [('d' or 'D'), _, _, _] ? value : throw new FormatException("an escape in it is no character");

    [GeneratedRegex(@"\G\\(?:[1-9](?![0-9])|k<[A-Za-z_][A-Za-z0-9_]*>)", RegexOptions.None, 1000)]
    private static partial Regex BackReference();

    [GeneratedRegex(@"\G(?:\{(?:General_Category=|gc=)?([A-Za-z_]+)\}|([LMNPSZC]))", RegexOptions.None, 1000)]
    private static partial Regex PropertyName();

    [GeneratedRegex(
        @"\G\\(?:[tnvfr]|0(?![0-9])|c[A-Za-z]|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}|u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[\^$\\.*+?()\[\]{}|/\-\x20-\x2F:-@`~_])",
        RegexOptions.None,
        1000)]
    private static partial Regex CharacterEscape();
}
