using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Numbers. Every result must be finite: infinities and NaN are errors, as they have no JSON.</summary>
internal static class StdMath
{
    public static void Register(LibraryBuilder std)
    {
        std.Constant("pi", NumberValue.Of(Math.PI));
        Function(std, "floor", "x", Math.Floor);
        Function(std, "ceil", "x", Math.Ceiling);
        Function(std, "round", "x", x => Math.Round(x, MidpointRounding.AwayFromZero));
        Function(std, "sqrt", "x", Math.Sqrt);
        Function(std, "exp", "x", Math.Exp);
        Function(std, "log", "x", ReferenceMath.Log);
        Function(std, "log2", "x", x => ReferenceMath.Log(x) / ReferenceMath.Log(2));
        Function(std, "log10", "x", x => ReferenceMath.Log(x) / ReferenceMath.Log(10));
        Function(std, "sin", "x", ReferenceMath.Sin);
        Function(std, "cos", "x", ReferenceMath.Cos);
        Function(std, "tan", "x", ReferenceMath.Tan);
        Function(std, "asin", "x", ReferenceMath.Asin);
        Function(std, "acos", "x", ReferenceMath.Acos);
        Function(std, "atan", "x", ReferenceMath.Atan);
        Function(std, "deg2rad", "x", x => x * Math.PI / 180);
        Function(std, "rad2deg", "x", x => x * 180 / Math.PI);
        Function(std, "mantissa", "x", x => ReferenceMath.Split(x).Mantissa);
        Function(std, "exponent", "x", x => ReferenceMath.Split(x).Exponent);
        std.Strict("pow", "x n", a => a.Evaluator.Checked(ReferenceMath.Pow(a.Number(0), a.Number(1))));
        std.Strict("atan2", "y x", a => a.Evaluator.Checked(ReferenceMath.Atan2(a.Number(0), a.Number(1))));
        std.Strict("hypot", "x y", a => a.Evaluator.Checked(double.Hypot(a.Number(0), a.Number(1))));
        std.Strict("modulo", "x y", a => Operators.Arithmetic(a.Evaluator, '%', a[0], a[1]));
        std.Lazy("mod", "a b", a => Mod(a.Evaluator, a[0], a[1]));
        RegisterComparisons(std);
        std.Strict("isEven", "x", a => BooleanValue.Of(Math.Truncate(a.Number(0)) % 2 == 0));
        std.Strict("isOdd", "x", a => BooleanValue.Of(Math.Truncate(a.Number(0)) % 2 != 0));
        std.Strict("isInteger", "x", a => BooleanValue.Of(Math.Truncate(a.Number(0)) == a.Number(0)));
        std.Strict("isDecimal", "x", a => BooleanValue.Of(Math.Truncate(a.Number(0)) != a.Number(0)));
    }

    private static void RegisterComparisons(LibraryBuilder std)
    {
        std.Strict("abs", "n", a => NumberValue.Of(Named(a, 0, "std.abs") is var n && n > 0 ? n : -n));
        std.Strict("sign", "n", a => NumberValue.Of(Named(a, 0, "std.sign") is var n && n > 0 ? 1 : n < 0 ? -1 : 0));
        std.Lazy("max", "a b", a => NumberValue.Of(
            Named(a, 0, "std.max first param") is var x && Named(a, 1, "std.max second param") is var y && x > y ? x : y));
        std.Lazy("min", "a b", a => NumberValue.Of(
            Named(a, 0, "std.min first param") is var x && Named(a, 1, "std.min second param") is var y && x < y ? x : y));
        std.Lazy("clamp", "x minVal maxVal", a =>
            Operators.Compare(a.Evaluator, a[0], a[1]) < 0 ? a[1] : Operators.Compare(a.Evaluator, a[0], a[2]) > 0 ? a[2] : a[0]);
    }

    private static void Function(LibraryBuilder std, string name, string parameter, Func<double, double> function) =>
        std.Strict(name, parameter, a => a.Evaluator.Checked(function(a.Number(0))));

    private static double Named(Arguments a, int index, string what) =>
        a[index] is NumberValue number ? number.Content : throw a.Evaluator.Fail($"{what} expected number, got {a[index].TypeName}");

    /// <summary>What the operator <c>%</c> does: remainder, or formatting.</summary>
    public static Value Mod(Evaluator evaluator, Value left, Value right) => (left, right) switch
    {
        (NumberValue, NumberValue) => Operators.Arithmetic(evaluator, '%', left, right),
        (StringValue template, _) => StdFormat.Format(evaluator, template, right),
        _ => throw evaluator.Fail($"Operator % cannot be used on types {left.TypeName} and {right.TypeName}."),
    };
}
