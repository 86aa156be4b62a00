using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Arrays made, mapped, cut and searched. Elements stay promises wherever the result does not depend on them.</summary>
internal static class StdArrays
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("makeArray", "sz func", MakeArray);
        std.Strict("range", "from to", Range);
        std.Lazy("repeat", "what count", Repeat);
        std.Strict("slice", "indexable index end step", a => Slice(a.Evaluator, a[0], a[1], a[2], a[3]));
        std.Lazy("map", "func arr", Map);
        std.Lazy("mapWithIndex", "func arr", MapWithIndex);
        std.Strict("flatMap", "func arr", FlatMap);
        std.Strict("flattenArrays", "arrs", Flatten);
        std.Strict("flattenDeepArray", "value", FlattenDeep);
        std.Strict("reverse", "arr", Reverse);
        std.Strict("remove", "arr elem", Remove);
        std.Strict("removeAt", "arr at", a => RemoveAt(a.Evaluator, a.Array(0), a.Integer(1)));
        std.Strict("member", "arr x", Member);
        std.Strict("contains", "arr elem", a => BooleanValue.Of(IndexesOf(a.Evaluator, a.Array(0), a[1], 1).Count > 0));
        std.Lazy("count", "arr x", a => NumberValue.Of(IndexesOf(a.Evaluator, a.Array(0), a[1], int.MaxValue).Count));
        std.Lazy("find", "value arr", Find);
    }

    private static ArrayValue MakeArray(Arguments a)
    {
        var size = a.Integer(0);
        var function = a.Callable(1);
        return Generate(a.Evaluator, Math.Max(0, size), i => new CallThunk(function, NumberValue.Of(i), null));
    }

    private static ArrayValue Generate(Evaluator evaluator, int size, Func<int, Cell> element)
    {
        evaluator.Charge(40 + 88L * size);
        evaluator.Work(size >> 3);
        var cells = new Cell[size];
        for (var i = 0; i < size; i++)
            cells[i] = element(i);
        return new ArrayValue(cells);
    }

    private static ArrayValue Range(Arguments a)
    {
        double from = a.Integer(0);
        var size = a.Integer(1) - from + 1;
        a.Evaluator.Charge(40 + 32 * (long)Math.Max(0, size));
        return Generate(a.Evaluator, (int)Math.Max(0, size), i => NumberValue.Of(from + i));
    }

    private static Value Repeat(Arguments a)
    {
        var what = a[0];
        if (what is not (StringValue or ArrayValue))
            throw a.Evaluator.Fail("std.repeat first argument must be an array or a string");
        var count = Math.Max(0, a.Integer(1));
        if (what is StringValue { Text: var text })
        {
            a.Evaluator.Charge(48 + 2L * count * text.Length);
            return StringValue.Of(string.Create(text.Length * count, text, static (buffer, part) =>
            {
                for (; buffer.Length > 0 && part.Length > 0; buffer = buffer[part.Length..])
                    part.CopyTo(buffer);
            }));
        }

        var elements = ((ArrayValue)what).Elements;
        a.Evaluator.Charge(40 + 8L * count * elements.Length);
        var cells = new Cell[elements.Length * count];
        for (var i = 0; i < count; i++)
            elements.CopyTo(cells, i * elements.Length);
        return new ArrayValue(cells);
    }

    /// <summary><c>indexable[index:end:step]</c>; null stands for what was left out, negative positions count from the end.</summary>
    public static Value Slice(Evaluator evaluator, Value indexable, Value index, Value end, Value step)
    {
        var length = indexable switch
        {
            StringValue text => text.Length,
            ArrayValue array => array.Length,
            _ => -1,
        };
        var width = step is NullValue ? 1 : evaluator.AsNumber(step);
        if (width < 0)
        {
            throw evaluator.Fail($"got [{Manifester.ToStringValue(evaluator, index).Text}:{Manifester.ToStringValue(evaluator, end).Text}:" +
                $"{Manifester.ToStringValue(evaluator, step).Text}] but negative steps are not supported");
        }

        if (width == 0)
            throw evaluator.Fail($"got {Numbers.ToText(width)} but step must be greater than 0");
        if (length < 0)
            throw evaluator.Fail($"std.slice accepts a string or an array, but got: {indexable.TypeName}");
        var first = Position(evaluator, index, 0, length);
        var last = Math.Min(Position(evaluator, end, length, length), length);
        if (indexable is StringValue { } characters && width == 1 && first == Math.Truncate(first))
            return StdStrings.Slice(evaluator, characters, (int)Math.Min(first, length), (int)Math.Max(0, last));
        var picked = new List<Cell>();
        var elements = indexable is ArrayValue { Elements: var own } ? own : StdStrings.Characters(evaluator, (StringValue)indexable);
        for (var at = first; at < last; at += width)
        {
            evaluator.Charge(8);
            evaluator.Step();
            picked.Add(elements[(int)at]);
        }

        return indexable is ArrayValue ? new ArrayValue([.. picked]) : StdSplitting.Join(evaluator, StringValue.Empty, new ArrayValue([.. picked]));
    }

    private static double Position(Evaluator evaluator, Value value, int fallback, int length)
    {
        if (value is NullValue)
            return fallback;
        var position = evaluator.AsNumber(value);
        return position < 0 ? Math.Max(0, length + position) : position;
    }

    private static (FunctionValue Function, Cell[] Elements) FunctionAndElements(Arguments a, string expected)
    {
        var name = "std." + a.Function;
        if (a[0] is not FunctionValue function)
            throw a.Evaluator.Fail($"{name} first param must be function, got {a[0].TypeName}");
        return a[1] switch
        {
            ArrayValue array => (function, array.Elements),
            StringValue text => (function, StdStrings.Characters(a.Evaluator, text)),
            var other => throw a.Evaluator.Fail($"{name} second param must be {expected}, got {other.TypeName}"),
        };
    }

    private static ArrayValue Map(Arguments a)
    {
        var (function, elements) = FunctionAndElements(a, "array / string");
        return Generate(a.Evaluator, elements.Length, i => new CallThunk(function, elements[i], null));
    }

    private static ArrayValue MapWithIndex(Arguments a)
    {
        var (function, elements) = FunctionAndElements(a, "array");
        return Generate(a.Evaluator, elements.Length, i => new CallThunk(function, NumberValue.Of(i), elements[i]));
    }

    private static Value FlatMap(Arguments a)
    {
        var (function, elements) = FunctionAndElements(a, "array / string");
        var results = new Cell[elements.Length];
        a.Evaluator.Charge(40 + 8L * elements.Length);
        for (var i = 0; i < results.Length; i++)
        {
            var result = a.Evaluator.Call(function, elements[i]);
            results[i] = a[1] is StringValue ? a.Evaluator.AsString(result) : a.Evaluator.AsArray(result);
        }

        return StdSplitting.Join(a.Evaluator, a[1] is StringValue ? StringValue.Empty : ArrayValue.Empty, new ArrayValue(results));
    }

    /// <summary>All elements added up by the operator <c>+</c>: a string among them makes a string of it all.</summary>
    private static Value Flatten(Arguments a)
    {
        var joined = new List<Cell>();
        Value? sum = null;
        foreach (var element in StdFolds.ElementsOf(a, 0, "foldl"))
        {
            a.Evaluator.Step();
            var part = element.Get(a.Evaluator);
            if (sum is null && part is ArrayValue { Elements: var elements })
            {
                a.Evaluator.Charge(8L * elements.Length);
                joined.AddRange(elements);
                continue;
            }

            sum = Operators.Add(a.Evaluator, sum ?? new ArrayValue([.. joined]), part);
        }

        return sum ?? new ArrayValue([.. joined]);
    }

    private static ArrayValue FlattenDeep(Arguments a)
    {
        var flat = new List<Cell>();
        FlattenDeep(a.Evaluator, a[0], flat);
        return new ArrayValue([.. flat]);
    }

    private static bool FlattenDeep(Evaluator evaluator, Value value, List<Cell> flat)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => FlattenDeep(evaluator, value, flat));
        evaluator.Charge(16);
        if (value is not ArrayValue array)
        {
            flat.Add(value);
            return false;
        }

        var site = evaluator.Enter();
        foreach (var element in array.Elements)
            FlattenDeep(evaluator, element.Get(evaluator), flat);
        evaluator.Leave(site);
        return true;
    }

    private static ArrayValue Reverse(Arguments a)
    {
        var elements = a.Array(0).Elements;
        a.Evaluator.Charge(40 + 8L * elements.Length);
        var reversed = (Cell[])elements.Clone();
        Array.Reverse(reversed);
        return new ArrayValue(reversed);
    }

    private static ArrayValue Remove(Arguments a)
    {
        var array = a.Array(0);
        var found = IndexesOf(a.Evaluator, array, a[1], 1);
        return found.Count == 0 ? array : RemoveAt(a.Evaluator, array, found[0]);
    }

    /// <summary>Without the element at an index; an index that no element has removes nothing.</summary>
    private static ArrayValue RemoveAt(Evaluator evaluator, ArrayValue array, int at)
    {
        if (at < 0 || at >= array.Length)
            return array;
        evaluator.Charge(40 + 8L * array.Length);
        return new ArrayValue([.. array.Elements[..at], .. array.Elements[(at + 1)..]]);
    }

    private static List<int> IndexesOf(Evaluator evaluator, ArrayValue array, Value value, int atMost)
    {
        var found = new List<int>();
        for (var i = 0; i < array.Length && found.Count < atMost; i++)
        {
            evaluator.Step();
            if (!Operators.AreEqual(evaluator, array.Elements[i].Get(evaluator), value))
                continue;
            evaluator.Charge(4);
            found.Add(i);
        }

        return found;
    }

    private static BooleanValue Member(Arguments a)
    {
        switch (a[0])
        {
            case ArrayValue array:
                return BooleanValue.Of(IndexesOf(a.Evaluator, array, a[1], 1).Count > 0);
            case StringValue text:
                var part = a.String(1);
                StdStrings.WorkOfSearch(a.Evaluator, part, text);
                return BooleanValue.Of(part.Utf16Length > 0 && text.Text.Contains(part.Text, StringComparison.Ordinal));
            default:
                throw a.Evaluator.Fail("std.member first argument must be an array or a string");
        }
    }

    private static ArrayValue Find(Arguments a)
    {
        if (a[1] is not ArrayValue array)
            throw a.Evaluator.Fail($"find second parameter should be an array, got {a[1].TypeName}");
        var found = IndexesOf(a.Evaluator, array, a[0], int.MaxValue);
        return Generate(a.Evaluator, found.Count, i => NumberValue.Of(found[i]));
    }
}
