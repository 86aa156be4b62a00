using System.Globalization;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>What the operators do with values already computed; errors are at the evaluator's current place.</summary>
internal static class Operators
{
    /// <summary>The largest integer up to which doubles have no gaps, 2^53 - 1: the range of the bitwise operators.</summary>
    public const double MaxSafeInteger = 9007199254740991;

    public static Value Add(Evaluator evaluator, Value left, Value right)
    {
        switch (left, right)
        {
            case (NumberValue x, NumberValue y):
                return evaluator.Checked(x.Content + y.Content);
            case (StringValue x, StringValue y):
                return StringValue.Concat(evaluator, x, y);
            case (_, StringValue y):
                return StringValue.Concat(evaluator, Manifester.ToStringValue(evaluator, left), y);
            case (StringValue x, _):
                return StringValue.Concat(evaluator, x, Manifester.ToStringValue(evaluator, right));
            case (ObjectValue x, ObjectValue y):
                return ObjectValue.Extend(evaluator, x, y);
            case (ArrayValue x, ArrayValue y):
                return Concat(evaluator, x, y);
            case (NumberValue or ObjectValue or ArrayValue, _):
                throw evaluator.FailType(right, left.TypeName);
            default:
                throw evaluator.FailType(left);
        }
    }

    public static ArrayValue Concat(Evaluator evaluator, ArrayValue left, ArrayValue right)
    {
        if (left.Length == 0)
            return right;
        if (right.Length == 0)
            return left;
        var length = (long)left.Length + right.Length;
        evaluator.Charge(40 + 8 * length);
        evaluator.Work(length >> 6);
        Cell[] elements = [.. left.Elements, .. right.Elements];
        return new ArrayValue(elements);
    }

    public static Value Arithmetic(Evaluator evaluator, char op, Value left, Value right)
    {
        var x = evaluator.AsNumber(left);
        var y = evaluator.AsNumber(right);
        if (op is '/' or '%' && y == 0)
            throw evaluator.Fail("Division by zero.");
        return evaluator.Checked(op switch
        {
            '-' => x - y,
            '*' => x * y,
            '/' => x / y,
            '%' => x % y,
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    public static Value Bitwise(Evaluator evaluator, string op, Value left, Value right)
    {
        var x = SafeInteger(evaluator, left);
        var y = SafeInteger(evaluator, right);
        if (op is "<<" or ">>" && evaluator.AsNumber(right) < 0)
            throw evaluator.Fail("Shift by negative exponent.");
        return NumberValue.Of(op switch
        {
            "&" => x & y,
            "|" => x | y,
            "^" => x ^ y,
            "<<" => x << (int)(y & 63),
            ">>" => x >> (int)(y & 63),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    private static long SafeInteger(Evaluator evaluator, Value value)
    {
        var number = evaluator.AsNumber(value);
        if (Math.Abs(number) > MaxSafeInteger)
        {
            throw evaluator.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"Bitwise operator argument {number:G16} outside of range [{-MaxSafeInteger:F0}, {MaxSafeInteger:F0}]"));
        }

        return (long)number;
    }

    /// <summary>Order of numbers, strings by code point, and arrays element by element; nothing else has one.</summary>
    public static int Compare(Evaluator evaluator, Value left, Value right)
    {
        switch (left, right)
        {
            case (NumberValue x, NumberValue y):
                // -0 and 0 are equal here, which double.CompareTo also says.
                return x.Content < y.Content ? -1 : x.Content > y.Content ? 1 : 0;
            case (StringValue x, StringValue y):
                evaluator.Work(Math.Min(x.Utf16Length, y.Utf16Length) >> 6);
                return CodePoints.Compare(x.Text, y.Text);
            case (ArrayValue x, ArrayValue y):
                return CompareArrays(evaluator, x, y);
            case (NumberValue or StringValue or ArrayValue, _):
                throw evaluator.FailType(right, left.TypeName);
            default:
                throw evaluator.FailType(left);
        }
    }

    private static int CompareArrays(Evaluator evaluator, ArrayValue left, ArrayValue right)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => CompareArrays(evaluator, left, right));
        var site = evaluator.Enter();
        var result = 0;
        for (var i = 0; result == 0 && i < left.Length && i < right.Length; i++)
        {
            evaluator.Step();
            result = Compare(evaluator, left.Elements[i].Get(evaluator), right.Elements[i].Get(evaluator));
        }

        evaluator.Leave(site);
        return result != 0 ? result : left.Length.CompareTo(right.Length);
    }

    public static bool AreEqual(Evaluator evaluator, Value left, Value right)
    {
        switch (left, right)
        {
            case (NumberValue x, NumberValue y):
                return x.Content == y.Content;
            case (StringValue x, StringValue y):
                evaluator.Work(x.Utf16Length >> 6);
                return x.Utf16Length == y.Utf16Length && x.Text == y.Text;
            case (BooleanValue or NullValue, _):
                return ReferenceEquals(left, right);
            case (ArrayValue x, ArrayValue y):
                return x.Length == y.Length && AreElementsEqual(evaluator, x, y);
            case (ObjectValue x, ObjectValue y):
                return AreFieldsEqual(evaluator, x, y);
            case (FunctionValue, FunctionValue):
                throw evaluator.Fail("Cannot test equality of functions");
            default:
                return false;
        }
    }

    private static bool AreElementsEqual(Evaluator evaluator, ArrayValue left, ArrayValue right)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => AreElementsEqual(evaluator, left, right));
        var site = evaluator.Enter();
        var result = true;
        for (var i = 0; result && i < left.Length; i++)
        {
            evaluator.Step();
            result = AreEqual(evaluator, left.Elements[i].Get(evaluator), right.Elements[i].Get(evaluator));
        }

        evaluator.Leave(site);
        return result;
    }

    private static bool AreFieldsEqual(Evaluator evaluator, ObjectValue left, ObjectValue right)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => AreFieldsEqual(evaluator, left, right));
        var names = left.FieldNames(evaluator, withHidden: false);
        if (!names.AsSpan().SequenceEqual(right.FieldNames(evaluator, withHidden: false)))
            return false;
        var site = evaluator.Enter();
        var result = true;
        for (var i = 0; result && i < names.Length; i++)
            result = AreEqual(evaluator, left.Get(evaluator, names[i])!, right.Get(evaluator, names[i])!);
        evaluator.Leave(site);
        return result;
    }

    /// <summary><c>value[index]</c>.</summary>
    public static Value Index(Evaluator evaluator, Value target, Value index)
    {
        switch (target)
        {
            case ObjectValue obj:
                return Field(evaluator, obj, evaluator.AsString(index).Text);
            case ArrayValue array:
                var element = array.Elements[Position(evaluator, index, array.Length)];
                return element.Get(evaluator);
            case StringValue text:
                var offset = CodePoints.Offset(text, Position(evaluator, index, text.Length));
                return new StringValue(text.Text.Substring(offset, CodePoints.Width(text.Text, offset)));
            default:
                throw evaluator.Fail($"Value non indexable: {target.TypeName}");
        }
    }

    public static Value Field(Evaluator evaluator, ObjectValue target, string name) =>
        target.Get(evaluator, name) ?? throw evaluator.Fail($"Field does not exist: {name}");

    /// <summary>An index without its fraction, within bounds.</summary>
    private static int Position(Evaluator evaluator, Value index, int length)
    {
        var number = Math.Truncate(evaluator.AsNumber(index));
        if (number >= 0 && number < length)
            return (int)number;
        throw evaluator.Fail(string.Create(
            CultureInfo.InvariantCulture, $"Index {Numbers.ToText(number)} out of bounds, not within [0, {length})"));
    }
}
