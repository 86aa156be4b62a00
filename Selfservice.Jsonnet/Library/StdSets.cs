using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Sorting, and sets: arrays that are sorted without duplicates. Nothing checks that the arguments are.</summary>
internal static class StdSets
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("sort", "arr keyF?", a => Sort(a.Evaluator, a.Array(0), a.Key(1)));
        std.Strict("uniq", "arr keyF?", Uniq);
        std.Strict("set", "arr keyF?", a => Uniq(a.Evaluator, Sort(a.Evaluator, a.Array(0), a.Key(1)).Elements, a.Key(1)));
        std.Strict("setMember", "x arr keyF?", a =>
        {
            var inter = Merge(a.Evaluator, new ArrayValue([a[0]]), AsSet(a, 1), a.Key(2), keepLeft: false, keepBoth: true, keepRight: false);
            return BooleanValue.Of(inter.Length > 0);
        });
        std.Strict("setUnion", "a b keyF?", a => Merge(a.Evaluator, AsSet(a, 0), AsSet(a, 1), a.Key(2), true, true, true));
        std.Strict("setInter", "a b keyF?", a => Merge(a.Evaluator, AsSet(a, 0), AsSet(a, 1), a.Key(2), false, true, false));
        std.Strict("setDiff", "a b keyF?", a => Merge(a.Evaluator, AsSet(a, 0), AsSet(a, 1), a.Key(2), true, false, false));
    }

    public static Value KeyOf(Evaluator evaluator, FunctionValue? key, Cell element) =>
        key is null ? element.Get(evaluator) : evaluator.Call(key, element);

    private static ArrayValue AsSet(Arguments a, int index) => a[index] as ArrayValue ?? throw a.Evaluator.FailType(a[index]);

    /// <summary>A stable merge sort. Written out because the sorts of .NET wrap what a comparison throws.</summary>
    public static ArrayValue Sort(Evaluator evaluator, ArrayValue array, FunctionValue? key)
    {
        var length = array.Length;
        evaluator.Charge(40 + 32L * length);
        var from = new (Value Key, Cell Element)[length];
        for (var i = 0; i < length; i++)
        {
            evaluator.Step();
            from[i] = (KeyOf(evaluator, key, array.Elements[i]), array.Elements[i]);
        }

        var to = new (Value Key, Cell Element)[length];
        for (var width = 1; width < length; width *= 2)
        {
            for (var start = 0; start < length; start += 2 * width)
                MergeRuns(evaluator, from, to, start, Math.Min(start + width, length), Math.Min(start + (2 * width), length));
            (from, to) = (to, from);
        }

        return new ArrayValue(Array.ConvertAll(from, entry => entry.Element));
    }

    private static void MergeRuns(
        Evaluator evaluator, (Value Key, Cell Element)[] from, (Value Key, Cell Element)[] to, int start, int middle, int end)
    {
        var left = start;
        var right = middle;
        for (var i = start; i < end; i++)
        {
            evaluator.Step();
            var takeLeft = right >= end || (left < middle && Operators.Compare(evaluator, from[right].Key, from[left].Key) >= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private static ArrayValue Uniq(Arguments a)
    {
        var elements = a[0] switch
        {
            ArrayValue array => array.Elements,
            StringValue text => StdStrings.Characters(a.Evaluator, text),
            var other => throw a.Evaluator.Fail($"foldl second parameter should be string or array, got {other.TypeName}"),
        };
        return Uniq(a.Evaluator, elements, a.Key(1));
    }

    private static ArrayValue Uniq(Evaluator evaluator, Cell[] elements, FunctionValue? key)
    {
        var kept = new List<Cell>(elements.Length);
        evaluator.Charge(40 + 8L * elements.Length);
        Value? last = null;
        foreach (var element in elements)
        {
            evaluator.Step();
            // A single element need not be computed.
            if (elements.Length == 1)
                return new ArrayValue(elements);
            var current = KeyOf(evaluator, key, element);
            if (last is null || !Operators.AreEqual(evaluator, last, current))
            {
                kept.Add(element);
                last = current;
            }
        }

        return new ArrayValue([.. kept]);
    }

    /// <summary>Goes through two sets at once and keeps what is only left, in both, only right; of equal elements the left one.</summary>
    private static ArrayValue Merge(
        Evaluator evaluator, ArrayValue left, ArrayValue right, FunctionValue? key, bool keepLeft, bool keepBoth, bool keepRight)
    {
        evaluator.Charge(40 + 8L * (left.Length + (long)right.Length));
        var kept = new List<Cell>();
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            evaluator.Step();
            var x = KeyOf(evaluator, key, left.Elements[i]);
            var y = KeyOf(evaluator, key, right.Elements[j]);
            // Equality comes first: equal elements need no order.
            var order = Operators.AreEqual(evaluator, x, y) ? 0 : Operators.Compare(evaluator, x, y);
            if (order <= 0 && (order == 0 ? keepBoth : keepLeft))
                kept.Add(left.Elements[i]);
            if (order > 0 && keepRight)
                kept.Add(right.Elements[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        if (keepLeft)
            kept.AddRange(left.Elements.AsSpan(i));
        if (keepRight)
            kept.AddRange(right.Elements.AsSpan(j));
        return new ArrayValue([.. kept]);
    }
}
