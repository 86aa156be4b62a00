using System.Globalization;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Types, equality and the ways into the host: <c>extVar</c>, <c>native</c>, <c>trace</c>.</summary>
internal static class StdTypes
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("type", "x", a => new StringValue(a[0].TypeName));
        std.Strict("isString", "v", a => BooleanValue.Of(a[0] is StringValue));
        std.Strict("isNumber", "v", a => BooleanValue.Of(a[0] is NumberValue));
        std.Strict("isBoolean", "v", a => BooleanValue.Of(a[0] is BooleanValue));
        std.Strict("isObject", "v", a => BooleanValue.Of(a[0] is ObjectValue));
        std.Strict("isArray", "v", a => BooleanValue.Of(a[0] is ArrayValue));
        std.Strict("isFunction", "v", a => BooleanValue.Of(a[0] is FunctionValue));
        std.Strict("isNull", "v", a => BooleanValue.Of(a[0] is NullValue));
        std.Strict("length", "x", a => NumberValue.Of(Length(a.Evaluator, a[0])));
        std.Strict("toString", "a", a => Manifester.ToStringValue(a.Evaluator, a[0]));
        std.Strict("id", "x", a => a[0]);
        std.Strict("extVar", "x", a => a.Evaluator.External(a.Text(0)));
        std.Strict("native", "x", a => a.Evaluator.Native(a.Text(0)));
        std.Strict("trace", "str rest", Trace);
        std.Strict("equals", "x y", a => BooleanValue.Of(Operators.AreEqual(a.Evaluator, a[0], a[1])));
        std.Strict("primitiveEquals", "x y", PrimitiveEquals);
        std.Lazy("assertEqual", "a b", AssertEqual);
        std.Strict("xor", "x y", a => BooleanValue.Of(a.Boolean(0) ^ a.Boolean(1)));
        std.Strict("xnor", "x y", a => BooleanValue.Of(a.Boolean(0) == a.Boolean(1)));
        std.Strict("__compare", "v1 v2", a => NumberValue.Of(Math.Sign(Operators.Compare(a.Evaluator, a[0], a[1]))));
        std.Strict("__compare_array", "arr1 arr2", a => NumberValue.Of(CompareArrays(a)));
        std.Strict("__array_less", "arr1 arr2", a => BooleanValue.Of(CompareArrays(a) < 0));
        std.Strict("__array_greater", "arr1 arr2", a => BooleanValue.Of(CompareArrays(a) > 0));
        std.Strict("__array_less_or_equal", "arr1 arr2", a => BooleanValue.Of(CompareArrays(a) <= 0));
        std.Strict("__array_greater_or_equal", "arr1 arr2", a => BooleanValue.Of(CompareArrays(a) >= 0));
    }

    private static int CompareArrays(Arguments a) => Math.Sign(Operators.Compare(a.Evaluator, a.Array(0), a.Array(1)));

    /// <summary>Code points, elements, visible fields or required parameters.</summary>
    public static int Length(Evaluator evaluator, Value value) => value switch
    {
        StringValue text => text.Length,
        ArrayValue array => array.Length,
        ObjectValue obj => obj.FieldNames(evaluator, withHidden: false).Length,
        FunctionValue function => function.Signature.Required,
        _ => throw evaluator.FailType(value),
    };

    private static Value Trace(Arguments a)
    {
        var message = a.Text(0);
        if (a.Evaluator.Inputs.Trace is { } receiver)
        {
            var place = a.Evaluator.Current?.Place.ToFrame();
            receiver(string.Create(CultureInfo.InvariantCulture, $"{place?.File}:{place?.Line} {message}"));
        }

        return a[1];
    }

    private static BooleanValue PrimitiveEquals(Arguments a) => (a[0], a[1]) switch
    {
        ({ } x, { } y) when x.TypeName != y.TypeName => BooleanValue.False,
        (ArrayValue or ObjectValue, _) => throw a.Evaluator.Fail($"primitiveEquals operates on primitive types, got {a[0].TypeName}"),
        var (x, y) => BooleanValue.Of(Operators.AreEqual(a.Evaluator, x, y)),
    };

    private static BooleanValue AssertEqual(Arguments a)
    {
        if (Operators.AreEqual(a.Evaluator, a[0], a[1]))
            return BooleanValue.True;
        throw a.Evaluator.Fail($"Assertion failed. {Show(a[0])} != {Show(a[1])}");

        string Show(Value value) =>
            value is StringValue text ? StdStrings.QuoteJson(text.Text) : Manifester.ToStringValue(a.Evaluator, value).Text;
    }
}
