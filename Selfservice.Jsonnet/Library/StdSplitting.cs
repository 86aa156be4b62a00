using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Taking strings apart and putting them together: strip, split, join.</summary>
internal static class StdSplitting
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("stripChars", "str chars", a => Strip(a, left: true, right: true));
        std.Strict("lstripChars", "str chars", a => Strip(a, left: true, right: false));
        std.Strict("rstripChars", "str chars", a => Strip(a, left: false, right: true));
        std.Strict("trim", "str", a => StringValue.Of(a.Text(0).Trim()));
        std.Strict("split", "str c", Split);
        std.Strict("splitLimit", "str c maxsplits", a => SplitLimit(a, fromRight: false));
        std.Strict("splitLimitR", "str c maxsplits", a => SplitLimit(a, fromRight: true));
        std.Strict("join", "sep arr", a => Join(a.Evaluator, a[0], a.Array(1)));
        std.Strict("lines", "arr", Lines);
        std.Strict("deepJoin", "arr", a => StringValue.Of(DeepJoin(a.Evaluator, a[0], new StringBuilder()).ToString()));
    }

    private static StringValue Strip(Arguments a, bool left, bool right)
    {
        var text = a.String(0);
        if (text.Utf16Length == 0)
            return text;
        var isStripped = Matcher(a, a[1]);
        var start = 0;
        var end = text.Text.Length;
        while (right && end > start)
        {
            var width = end - start > 1 && char.IsSurrogatePair(text.Text[end - 2], text.Text[end - 1]) ? 2 : 1;
            if (!isStripped(text.Text.Substring(end - width, width)))
                break;
            end -= width;
        }

        while (left && start < end)
        {
            var width = CodePoints.Width(text.Text, start);
            if (!isStripped(text.Text.Substring(start, width)))
                break;
            start += width;
        }

        a.Evaluator.Charge(48 + 2L * (end - start));
        return StringValue.Of(text.Text[start..end]);
    }

    /// <summary>Which characters count: those of a string, or those that are elements of an array.</summary>
    private static Func<string, bool> Matcher(Arguments a, Value characters)
    {
        var evaluator = a.Evaluator;
        switch (characters)
        {
            case StringValue text:
                return character =>
                {
                    evaluator.Work(1 + (text.Utf16Length >> 4));
                    return text.Text.Contains(character, StringComparison.Ordinal);
                };
            case ArrayValue array:
                return character => Array.Exists(array.Elements, element =>
                {
                    evaluator.Step();
                    return element.Get(evaluator) is StringValue text && text.Text == character;
                });
            default:
                throw evaluator.Fail("std.member first argument must be an array or a string");
        }
    }

    private static ArrayValue Split(Arguments a)
    {
        if (a[0] is not StringValue text)
            throw a.Evaluator.Fail($"std.split first parameter must be a String, got {a[0].TypeName}");
        if (a[1] is not StringValue separator)
            throw a.Evaluator.Fail($"std.split second parameter must be a String, got {a[1].TypeName}");
        return Split(a.Evaluator, text, separator, -1, "std.split", fromRight: false);
    }

    private static ArrayValue SplitLimit(Arguments a, bool fromRight)
    {
        var name = "std." + a.Function;
        var limit = a.Integer(2);
        if (limit < -1)
        {
            throw a.Evaluator.Fail(string.Create(
                CultureInfo.InvariantCulture, $"{name} third parameter should be -1 or non-negative, got {limit}"));
        }

        return Split(a.Evaluator, a.String(0), a.String(1), limit, name, fromRight);
    }

    private static ArrayValue Split(Evaluator evaluator, StringValue text, StringValue separator, int limit, string name, bool fromRight)
    {
        if (separator.Utf16Length == 0)
            throw evaluator.Fail($"{name} second parameter must have length 1 or greater, got 0");
        StdStrings.WorkOfSearch(evaluator, separator, text);
        evaluator.Charge(48 + 2L * text.Utf16Length);
        var parts = new List<Cell>();
        var rest = text.Text;
        var start = 0;
        var end = rest.Length;
        // From the right there are as many pieces as from the left, even where separators overlap.
        if (fromRight && rest.AsSpan().Count(separator.Text) is var most && (limit < 0 || limit > most))
            limit = most;
        while (limit < 0 || parts.Count < limit)
        {
            var at = fromRight
                ? rest.AsSpan(0, end).LastIndexOf(separator.Text, StringComparison.Ordinal)
                : rest.IndexOf(separator.Text, start, StringComparison.Ordinal);
            if (at < 0)
                break;
            evaluator.Charge(72);
            evaluator.Step();
            parts.Add(StringValue.Of(fromRight ? rest[(at + separator.Utf16Length)..end] : rest[start..at]));
            if (fromRight)
                end = at;
            else
                start = at + separator.Utf16Length;
        }

        parts.Add(StringValue.Of(rest[start..end]));
        if (fromRight)
            parts.Reverse();
        return new ArrayValue([.. parts]);
    }

    /// <summary>Elements with separators between them, null elements left out; strings or arrays, as the separator is.</summary>
    public static Value Join(Evaluator evaluator, Value separator, ArrayValue array) => separator switch
    {
        StringValue text => JoinStrings(evaluator, text, array.Elements),
        ArrayValue between => JoinArrays(evaluator, between, array.Elements),
        _ => throw evaluator.Fail($"join first parameter should be string or array, got {separator.TypeName}"),
    };

    private static StringValue JoinStrings(Evaluator evaluator, StringValue separator, Cell[] elements)
    {
        var joined = new StringBuilder();
        var first = true;
        foreach (var element in elements)
        {
            evaluator.Step();
            var value = element.Get(evaluator);
            if (value is NullValue)
                continue;
            var text = evaluator.AsString(value);
            evaluator.Charge(2L * (text.Utf16Length + separator.Utf16Length));
            if (!first)
                joined.Append(separator.Text);
            first = false;
            joined.Append(text.Text);
        }

        return StringValue.Of(joined.ToString());
    }

    private static ArrayValue JoinArrays(Evaluator evaluator, ArrayValue separator, Cell[] elements)
    {
        var joined = new List<Cell>();
        var first = true;
        foreach (var element in elements)
        {
            evaluator.Step();
            var value = element.Get(evaluator);
            if (value is NullValue)
                continue;
            var array = evaluator.AsArray(value);
            evaluator.Charge(8L * (array.Length + separator.Length));
            if (!first)
                joined.AddRange(separator.Elements);
            first = false;
            joined.AddRange(array.Elements);
        }

        return new ArrayValue([.. joined]);
    }

    private static StringValue Lines(Arguments a) =>
        JoinStrings(a.Evaluator, new StringValue("\n"), [.. a.Array(0).Elements, StringValue.Empty]);

    /// <summary>All strings of a nested array, in order.</summary>
    public static StringBuilder DeepJoin(Evaluator evaluator, Value value, StringBuilder joined)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => DeepJoin(evaluator, value, joined));
        switch (value)
        {
            case StringValue text:
                evaluator.Charge(2L * text.Utf16Length);
                return joined.Append(text.Text);
            case ArrayValue array:
                var site = evaluator.Enter();
                foreach (var element in array.Elements)
                    DeepJoin(evaluator, element.Get(evaluator), joined);
                evaluator.Leave(site);
                return joined;
            default:
                throw evaluator.Fail($"Expected string or array, got {value.TypeName}");
        }
    }
}
