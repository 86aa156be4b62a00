using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Sorting, and sets: arrays that are sorted without duplicates. Nothing checks that the arguments are.</summary>
internal static class StdSets
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("sort", "arr keyF?", a => Sort(a.Evaluator, a.Array(0), a.Key(1)));
        std.Lazy("uniq", "arr keyF?", Uniq);
        std.Strict("set", "arr keyF?", a => Uniq(a.Evaluator, Sort(a.Evaluator, a.Array(0), a.Key(1)).Elements, a.Key(1)));
        std.Lazy("setMember", "x arr keyF?", a =>
        {
            var inter = Merge(a, new ArrayValue([a.Cell(0)]), keepLeft: false, keepBoth: true, keepRight: false);
            return BooleanValue.Of(StdTypes.Length(a.Evaluator, inter) > 0);
        });
        std.Lazy("setUnion", "a b keyF?", a => Merge(a, a[0], keepLeft: true, keepBoth: true, keepRight: true));
        std.Lazy("setInter", "a b keyF?", a => Merge(a, a[0], keepLeft: false, keepBoth: true, keepRight: false));
        std.Lazy("setDiff", "a b keyF?", a => Merge(a, a[0], keepLeft: true, keepBoth: false, keepRight: false));
    }

    public static Value KeyOf(Evaluator evaluator, FunctionValue? key, Cell element) =>
        key is null ? element.Get(evaluator) : evaluator.Call(key, element);

    /// <summary>What a set is made of. A string counts as the set of its characters.</summary>
    private static Cell[] ElementsOf(Evaluator evaluator, Value set) => set switch
    {
        ArrayValue array => array.Elements,
        StringValue text => StdStrings.Characters(evaluator, text),
        _ => throw evaluator.FailType(set),
    };

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
        var elements = StdFolds.ElementsOf(a, 0, "foldl");
        // A single element need not be computed, nor is the key asked for.
        return elements.Length <= 1 ? new ArrayValue(elements) : Uniq(a.Evaluator, elements, a.Key(1));
    }

    private static ArrayValue Uniq(Evaluator evaluator, Cell[] elements, FunctionValue? key)
    {
        var kept = new List<Cell>(elements.Length);
        evaluator.Charge(40 + 8L * elements.Length);
        Value? last = null;
        foreach (var element in elements)
        {
            evaluator.Step();
            var current = KeyOf(evaluator, key, element);
            if (last is null || !Operators.AreEqual(evaluator, last, current))
            {
                kept.Add(element);
                last = current;
            }
        }

        return new ArrayValue([.. kept]);
    }

    /// <summary>
    /// Goes through two sets at once and keeps what is only left, in both, only right; of equal elements the left one. What no element is compared
    /// with is not computed: neither the right set when the left one is empty, nor the key.
    /// </summary>
    private static Value Merge(Arguments a, Value leftSet, bool keepLeft, bool keepBoth, bool keepRight)
    {
        var evaluator = a.Evaluator;
        var left = ElementsOf(evaluator, leftSet);
        if (left.Length == 0 && !keepRight)
            return ArrayValue.Empty;
        var right = ElementsOf(evaluator, a[1]);
        evaluator.Charge(40 + 8L * (left.Length + (long)right.Length));
        var key = left.Length > 0 && right.Length > 0 ? a.Key(2) : null;
        var kept = new List<Cell>();
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            evaluator.Step();
            var x = KeyOf(evaluator, key, left[i]);
            var y = KeyOf(evaluator, key, right[j]);
            // Equality comes first: equal elements need no order.
            var order = Operators.AreEqual(evaluator, x, y) ? 0 : Operators.Compare(evaluator, x, y);
            if (order <= 0 && (order == 0 ? keepBoth : keepLeft))
                kept.Add(left[i]);
            if (order > 0 && keepRight)
                kept.Add(right[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        var merged = new ArrayValue([.. kept]);
        if (i >= left.Length)
            return keepRight ? Append(evaluator, merged, a[1], j) : merged;
        return keepLeft ? Append(evaluator, merged, leftSet, i) : merged;
    }

    /// <summary>With what is left of a set; by the operator <c>+</c>, so that the rest of a string makes a string of it all.</summary>
    private static Value Append(Evaluator evaluator, ArrayValue merged, Value set, int from) =>
        Operators.Add(evaluator, merged, StdArrays.Slice(evaluator, set, NumberValue.Of(from), NullValue.Instance, NullValue.Instance));
}
