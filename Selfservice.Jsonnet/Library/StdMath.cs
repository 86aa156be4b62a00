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
        Function(std, "log", "x", Math.Log);
        Function(std, "log2", "x", x => Math.Log(x) / Math.Log(2));
        Function(std, "log10", "x", x => Math.Log(x) / Math.Log(10));
        Function(std, "sin", "x", Math.Sin);
        Function(std, "cos", "x", Math.Cos);
        Function(std, "tan", "x", Math.Tan);
        Function(std, "asin", "x", Math.Asin);
        Function(std, "acos", "x", Math.Acos);
        Function(std, "atan", "x", Math.Atan);
        Function(std, "deg2rad", "x", x => x * Math.PI / 180);
        Function(std, "rad2deg", "x", x => x * 180 / Math.PI);
        Function(std, "mantissa", "x", x => Split(x).Mantissa);
        Function(std, "exponent", "x", x => Split(x).Exponent);
        std.Strict("pow", "x n", a => a.Evaluator.Checked(Power(a.Number(0), a.Number(1))));
        std.Strict("atan2", "y x", a => a.Evaluator.Checked(Math.Atan2(a.Number(0), a.Number(1))));
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

    private static double Power(double x, double n) => x == 1 || n == 0 ? 1 : Math.Pow(x, n);

    /// <summary>x = mantissa * 2^exponent with a mantissa of 0.5 up to 1; zero is 0 * 2^0.</summary>
    private static (double Mantissa, int Exponent) Split(double x)
    {
        if (x == 0)
            return (x, 0);
        var exponent = Math.ILogB(x) + 1;
        // In two steps: 2^-exponent alone is out of range for the smallest numbers.
        return (Math.ScaleB(Math.ScaleB(x, -exponent / 2), -exponent - (-exponent / 2)), exponent);
    }
}
