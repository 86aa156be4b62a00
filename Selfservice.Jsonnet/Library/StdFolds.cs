using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>One value from an array: folds, filters, sums, extremes, all and any.</summary>
internal static class StdFolds
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("foldl", "func arr init", a => Fold(a, fromRight: false));
        std.Strict("foldr", "func arr init", a => Fold(a, fromRight: true));
        std.Strict("filter", "func arr", a => new ArrayValue([.. Filter(a.Evaluator, a.Array(1), a.Callable(0))]));
        std.Lazy("filterMap", "filter_func map_func arr", FilterMap);
        std.Lazy("all", "arr", a => Decide(a, decidedBy: false));
        std.Lazy("any", "arr", a => Decide(a, decidedBy: true));
        std.Strict("sum", "arr", a => a.Evaluator.Checked(Sum(a.Evaluator, a.Array(0))));
        std.Strict("avg", "arr", Average);
        std.Strict("minArray", "arr keyF? onEmpty?", a => Extreme(a, -1));
        std.Strict("maxArray", "arr keyF? onEmpty?", a => Extreme(a, 1));
    }

    /// <summary>What a fold goes through: elements, or the characters of a string.</summary>
    public static Cell[] ElementsOf(Arguments a, int index, string fold) => a[index] switch
    {
        ArrayValue array => array.Elements,
        StringValue text => StdStrings.Characters(a.Evaluator, text),
        var other => throw a.Evaluator.Fail($"{fold} second parameter should be string or array, got {other.TypeName}"),
    };

    private static Value Fold(Arguments a, bool fromRight)
    {
        var function = a.Callable(0);
        var elements = ElementsOf(a, 1, a.Function);
        var running = a[2];
        for (var i = 0; i < elements.Length; i++)
        {
            running = fromRight
                ? a.Evaluator.Call(function, elements[^(i + 1)], running)
                : a.Evaluator.Call(function, running, elements[i]);
        }

        return running;
    }

    private static List<Cell> Filter(Evaluator evaluator, ArrayValue array, FunctionValue function)
    {
        var kept = new List<Cell>();
        foreach (var element in array.Elements)
        {
            if (!evaluator.AsBoolean(evaluator.Call(function, element)))
                continue;
            evaluator.Charge(8);
            kept.Add(element);
        }

        return kept;
    }

    private static ArrayValue FilterMap(Arguments a)
    {
        if (a[0] is not FunctionValue filter)
            throw a.Evaluator.Fail($"std.filterMap first param must be function, got {a[0].TypeName}");
        if (a[1] is not FunctionValue map)
            throw a.Evaluator.Fail($"std.filterMap second param must be function, got {a[1].TypeName}");
        if (a[2] is not ArrayValue array)
            throw a.Evaluator.Fail($"std.filterMap third param must be array, got {a[2].TypeName}");
        var kept = Filter(a.Evaluator, array, filter);
        a.Evaluator.Charge(40 + 48L * kept.Count);
        return new ArrayValue([.. kept.Select(element => new CallThunk(map, element, null))]);
    }

    private static BooleanValue Decide(Arguments a, bool decidedBy)
    {
        if (a[0] is not ArrayValue array)
            throw a.Evaluator.Fail($"{a.Function}() parameter should be an array, got {a[0].TypeName}");
        foreach (var element in array.Elements)
        {
            a.Evaluator.Step();
            var value = element.Get(a.Evaluator);
            if (value is not BooleanValue boolean)
            {
                throw a.Evaluator.Fail(
                    $"element \"{Manifester.ToStringValue(a.Evaluator, value).Text}\" of type {value.TypeName} is not a boolean");
            }

            if (boolean.Content == decidedBy)
                return boolean;
        }

        return BooleanValue.Of(!decidedBy);
    }

    private static double Sum(Evaluator evaluator, ArrayValue array)
    {
        double sum = 0;
        foreach (var element in array.Elements)
        {
            evaluator.Step();
            sum += evaluator.AsNumber(element.Get(evaluator));
        }

        return sum;
    }

    private static NumberValue Average(Arguments a)
    {
        var array = a.Array(0);
        return array.Length == 0
            ? throw a.Evaluator.Fail("Cannot calculate average of an empty array.")
            : a.Evaluator.Checked(Sum(a.Evaluator, array) / array.Length);
    }

    /// <summary>The first of the smallest or largest elements.</summary>
    private static Value Extreme(Arguments a, int sign)
    {
        var elements = a.Array(0).Elements;
        var key = a.Key(1);
        if (elements.Length == 0)
            return a.Has(2) ? a[2] : throw a.Evaluator.Fail("Expected at least one element in array. Got none");
        var best = elements[0];
        var bestKey = StdSets.KeyOf(a.Evaluator, key, best);
        for (var i = 1; i < elements.Length; i++)
        {
            var candidate = StdSets.KeyOf(a.Evaluator, key, elements[i]);
            if (Operators.Compare(a.Evaluator, candidate, bestKey) * sign > 0)
                (best, bestKey) = (elements[i], candidate);
        }

        return best.Get(a.Evaluator);
    }
}
