using System.Text;
using System.Text.RegularExpressions;

namespace Selfservice.Ui.Forms;

/// <summary>
/// Turns the regular expression of a JSON Schema into the value of an HTML <c>pattern</c> attribute. Two things differ: HTML matches the whole value and
/// JSON Schema any part of it; and browsers compile with JavaScript's <c>v</c> flag, which refuses much that other engines take. A browser ignores what it cannot compile,
/// but it says so in its console; what cannot be translated for sure is left out here, and the server checks anyway.
/// </summary>
internal static class HtmlPattern
{
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";
    private const string ClassPunctuators = "&-!#%,:;<=>@`~";
    private const string KnownEscapes = "dDsSwWbBnrtfv0";

    public static string? From(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern) || pattern.Length > 1024 || Translate(pattern) is not { } translated || !Compiles(translated))
            return null;
        var whole = translated[0] == '^' && translated[^1] == '$' && !translated.EndsWith("\\$", StringComparison.Ordinal) && !translated.Contains('|', StringComparison.Ordinal);
        return whole ? translated[1..^1] : $".*(?:{translated}).*";
    }

    private static string? Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        var classStart = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                if (++i == pattern.Length || !AppendEscape(result, pattern, ref i, inClass))
                    return null;
            }
            else if (!inClass)
            {
                if (c == '[')
                {
                    inClass = true;
                    classStart = i + (i + 1 < pattern.Length && pattern[i + 1] == '^' ? 2 : 1);
                }
                else if (c == '(' && IsForeignGroup(pattern, i) || c == ']' || c is '{' or '}' && !IsQuantifier(pattern, i))
                {
                    return null;
                }

                result.Append(c);
            }
            else if (c == ']')
            {
                inClass = false;
                result.Append(c);
            }
            else
            {
                if (c == '[' && i + 1 < pattern.Length && pattern[i + 1] is ':' or '[')
                    return null; // [:alpha:] and set notation of other engines
                if (c == '-' && (i == classStart || i + 1 < pattern.Length && pattern[i + 1] == ']') || c is '(' or ')' or '[' or '{' or '}' or '/' or '|')
                    result.Append('\\');
                else if (i + 1 < pattern.Length && pattern[i + 1] == c && ClassPunctuators.Contains(c, StringComparison.Ordinal))
                    return null; // doubled punctuation is an operator under the v flag
                result.Append(c);
            }
        }

        return inClass ? null : result.ToString();
    }

    private static bool AppendEscape(StringBuilder result, string pattern, ref int i, bool inClass)
    {
        var c = pattern[i];
        if (KnownEscapes.Contains(c, StringComparison.Ordinal) || SyntaxCharacters.Contains(c, StringComparison.Ordinal) || (inClass && ClassPunctuators.Contains(c, StringComparison.Ordinal)))
        {
            result.Append('\\').Append(c);
            return true;
        }

        if (c is 'p' or 'P')
        {
            // Categories are spelled alike everywhere; scripts and blocks are not.
            var end = pattern.IndexOf('}', i);
            if (end < 0 || end - i > 4 || i + 1 >= pattern.Length || pattern[i + 1] != '{')
                return false;
            result.Append('\\').Append(pattern, i, end - i + 1);
            i = end;
            return true;
        }

        // Digits are back references, other letters mean different things in different engines; the rest was escaped without need.
        if (char.IsAsciiLetterOrDigit(c))
            return false;
        result.Append(c);
        return true;
    }

    private static bool IsForeignGroup(string pattern, int i) =>
        i + 2 < pattern.Length && pattern[i + 1] == '?' && pattern[i + 2] is not (':' or '=' or '!');

    private static bool IsQuantifier(string pattern, int i)
    {
        var start = pattern[i] == '{' ? i : pattern.LastIndexOf('{', i);
        var end = pattern[i] == '}' ? i : pattern.IndexOf('}', i);
        return start > 0 && end > start + 1 && char.IsAsciiDigit(pattern[start + 1])
            && pattern[(start + 1)..end].All(c => char.IsAsciiDigit(c) || c == ',');
    }

    private static bool Compiles(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return true;
        }
        catch (NotSupportedException)
        {
            return true; // look-arounds: fine in a browser
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
