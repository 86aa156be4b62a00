using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Strings by code points: pieces, case, searching, escaping.</summary>
internal static class StdStrings
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("codepoint", "str", CodePoint);
        std.Strict("char", "n", Char);
        std.Strict("substr", "str from len", a => Substring(a.Evaluator, a[0], a[1], a[2]));
        std.Lazy("startsWith", "a b", a => HasPart(a, atEnd: false));
        std.Lazy("endsWith", "a b", a => HasPart(a, atEnd: true));
        std.Strict("asciiUpper", "str", a => MapAscii(a, c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c));
        std.Strict("asciiLower", "str", a => MapAscii(a, c => char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c));
        std.Strict("stringChars", "str", StringChars);
        std.Strict("findSubstr", "pat str", FindSubstring);
        std.Strict("isEmpty", "str", a => BooleanValue.Of(a.String(0).Utf16Length == 0));
        std.Strict("equalsIgnoreCase", "str1 str2", a => BooleanValue.Of(EqualFolded(a.Text(0), a.Text(1))));
        std.Strict("strReplace", "str from to", Replace);
        std.Strict("escapeStringJson", "str_", a => Escape(a, QuoteJson));
        std.Strict("escapeStringPython", "str", a => Escape(a, QuoteJson));
        std.Strict("escapeStringBash", "str_", a => Escape(a, text => $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'"));
        std.Strict("escapeStringDollars", "str_", a => Escape(a, text => text.Replace("$", "$$", StringComparison.Ordinal)));
        std.Strict("escapeStringXML", "str_", a => Escape(a, EscapeXml));
    }

    public static string QuoteJson(string text)
    {
        var output = new StringBuilder(text.Length + 2);
        Manifester.AppendQuoted(output, text);
        return output.ToString();
    }

    private static StringValue MapAscii(Arguments a, Func<char, char> map)
    {
        if (a[0] is not StringValue text)
            throw a.Evaluator.FailType(a[0]);
        a.Evaluator.Charge(48 + 2L * text.Utf16Length);
        return StringValue.Of(string.Create(text.Utf16Length, (text.Text, map), static (buffer, state) =>
        {
            for (var i = 0; i < buffer.Length; i++)
                buffer[i] = state.map(state.Text[i]);
        }));
    }

    private static StringValue Escape(Arguments a, Func<string, string> escape)
    {
        var text = Manifester.ToStringValue(a.Evaluator, a[0]);
        a.Evaluator.Charge(48 + 6L * text.Utf16Length);
        return StringValue.Of(escape(text.Text));
    }

    private static string EscapeXml(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&apos;", StringComparison.Ordinal);

    private static NumberValue CodePoint(Arguments a)
    {
        var text = a.String(0);
        if (text.Length != 1)
            throw a.Evaluator.Fail(string.Create(CultureInfo.InvariantCulture, $"codepoint takes a string of length 1, got length {text.Length}"));
        return NumberValue.Of(CodePoints.At(text.Text, 0));
    }

    private static StringValue Char(Arguments a)
    {
        var number = a.Number(0);
        if (number > 0x10FFFF)
            throw a.Evaluator.Fail($"Invalid unicode codepoint, got {Numbers.ToText(number)}");
        if (number < 0)
            throw a.Evaluator.Fail($"Codepoints must be >= 0, got {Numbers.ToText(number)}");
        return new StringValue(CodePoints.ToText((int)number));
    }

    public static StringValue Substring(Evaluator evaluator, Value str, Value from, Value len)
    {
        if (str is not StringValue text)
            throw evaluator.Fail($"substr first parameter should be a string, got {str.TypeName}");
        var start = WholePart(evaluator, from, "second");
        var count = WholePart(evaluator, len, "third");
        return Slice(evaluator, text, (int)Math.Min(start, text.Length), (int)Math.Min(start + count, text.Length));
    }

    private static double WholePart(Evaluator evaluator, Value value, string which)
    {
        if (value is not NumberValue { Content: var number })
            throw evaluator.Fail($"substr {which} parameter should be a number, got {value.TypeName}");
        if (number != Math.Truncate(number))
            throw evaluator.Fail($"substr {which} parameter should be an integer, got {Numbers.ToText(number)}");
        if (which == "third" && number > int.MaxValue)
            throw evaluator.Fail($"substr {which} parameter should be an integer, got {Numbers.ToText(number)}");
        return number >= 0 ? number : throw evaluator.Fail($"substr {which} parameter should be greater than zero, got {Numbers.ToText(number)}");
    }

    /// <summary>The code points from <paramref name="start"/> up to <paramref name="end"/>, both within the string.</summary>
    public static StringValue Slice(Evaluator evaluator, StringValue text, int start, int end)
    {
        if (start >= end)
            return StringValue.Empty;
        evaluator.Charge(48 + 2L * (end - start));
        evaluator.Work(text.HasAstral ? text.Utf16Length >> 6 : 0);
        return StringValue.Of(text.Text[CodePoints.Offset(text, start)..CodePoints.Offset(text, end)]);
    }

    private static BooleanValue HasPart(Arguments a, bool atEnd)
    {
        var wholeLength = StdTypes.Length(a.Evaluator, a[0]);
        var partLength = StdTypes.Length(a.Evaluator, a[1]);
        if (wholeLength < partLength)
            return BooleanValue.False;
        if (a[0] is not StringValue whole)
            throw a.Evaluator.Fail($"substr first parameter should be a string, got {a[0].TypeName}");
        return BooleanValue.Of(a[1] is StringValue part
            && (atEnd ? whole.Text.EndsWith(part.Text, StringComparison.Ordinal) : whole.Text.StartsWith(part.Text, StringComparison.Ordinal)));
    }

    private static ArrayValue StringChars(Arguments a) => a[0] switch
    {
        ArrayValue array => array,
        StringValue text => new ArrayValue(Characters(a.Evaluator, text)),
        _ => throw a.Evaluator.FailType(a[0]),
    };

    /// <summary>The characters, each a string.</summary>
    public static Cell[] Characters(Evaluator evaluator, StringValue text)
    {
        evaluator.Charge(40 + 72L * text.Length);
        var characters = new Cell[text.Length];
        var offset = 0;
        for (var i = 0; i < characters.Length; i++)
        {
            evaluator.Step();
            var width = CodePoints.Width(text.Text, offset);
            characters[i] = new StringValue(text.Text.Substring(offset, width));
            offset += width;
        }

        return characters;
    }

    private static ArrayValue FindSubstring(Arguments a)
    {
        if (a[0] is not StringValue pattern)
            throw a.Evaluator.Fail($"findSubstr first parameter should be a string, got {a[0].TypeName}");
        if (a[1] is not StringValue text)
            throw a.Evaluator.Fail($"findSubstr second parameter should be a string, got {a[1].TypeName}");
        if (pattern.Utf16Length == 0)
            return ArrayValue.Empty;
        WorkOfSearch(a.Evaluator, pattern, text);
        var found = new List<Cell>();
        var counted = 0;
        var codePoint = 0;
        for (var at = -1; (at = text.Text.IndexOf(pattern.Text, at + 1, StringComparison.Ordinal)) >= 0;)
        {
            a.Evaluator.Charge(32);
            a.Evaluator.Step();
            for (; counted < at; counted += CodePoints.Width(text.Text, counted))
                codePoint++;
            found.Add(NumberValue.Of(codePoint));
        }

        return new ArrayValue([.. found]);
    }

    /// <summary>The worst that a search can cost: every place compared in full.</summary>
    public static void WorkOfSearch(Evaluator evaluator, StringValue pattern, StringValue text) =>
        evaluator.Work((long)pattern.Utf16Length * text.Utf16Length / 256);

    /// <summary>Equal under simple Unicode case folding.</summary>
    private static bool EqualFolded(string left, string right)
    {
        var x = left.EnumerateRunes();
        var y = right.EnumerateRunes();
        while (true)
        {
            var more = x.MoveNext();
            if (more != y.MoveNext())
                return false;
            if (!more)
                return true;
            if (x.Current != y.Current && Fold(x.Current) != Fold(y.Current))
                return false;
        }

        static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
    }

    private static StringValue Replace(Arguments a)
    {
        var text = a.String(0);
        var from = a.String(1);
        var to = a.String(2);
        if (from.Utf16Length == 0)
            throw a.Evaluator.Fail("'from' string must not be zero length.");
        WorkOfSearch(a.Evaluator, from, text);
        // Charged for the most that it can become, before it does.
        var occurrences = text.Utf16Length / from.Utf16Length;
        if (to.Utf16Length > from.Utf16Length)
            occurrences = text.Text.AsSpan().Count(from.Text.AsSpan());
        a.Evaluator.Charge(48 + 2L * (text.Utf16Length + (long)occurrences * Math.Max(0, to.Utf16Length - from.Utf16Length)));
        return StringValue.Of(text.Text.Replace(from.Text, to.Text, StringComparison.Ordinal));
    }
}
