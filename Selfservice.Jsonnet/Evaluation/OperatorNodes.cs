using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>An operator that needs both sides.</summary>
internal abstract class BinaryNode(Place place, Node left, Node right) : Node(place)
{
    public sealed override Value Eval(Evaluator evaluator, Env env)
    {
        var x = left.Eval(evaluator, env);
        var y = right.Eval(evaluator, env);
        evaluator.Current = this;
        return Apply(evaluator, x, y);
    }

    protected abstract Value Apply(Evaluator evaluator, Value x, Value y);
}

internal sealed class AddNode(Place place, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y) => Operators.Add(evaluator, x, y);
}

internal sealed class ArithmeticNode(Place place, char op, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y) => Operators.Arithmetic(evaluator, op, x, y);
}

/// <summary><c>%</c>: remainder of numbers, or formatting when the left side is a string.</summary>
internal sealed class PercentNode(Place place, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y) => Library.StdMath.Mod(evaluator, x, y);
}

internal sealed class BitwiseNode(Place place, string op, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y) => Operators.Bitwise(evaluator, op, x, y);
}

internal sealed class EqualNode(Place place, bool isNegated, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y) => BooleanValue.Of(Operators.AreEqual(evaluator, x, y) != isNegated);
}

internal sealed class CompareNode(Place place, string op, Node left, Node right) : BinaryNode(place, left, right)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y)
    {
        var order = Operators.Compare(evaluator, x, y);
        return BooleanValue.Of(op switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }
}

/// <summary><c>name in object</c>; the object is computed first, as the reference does.</summary>
internal sealed class InNode(Place place, Node name, Node target) : BinaryNode(place, target, name)
{
    protected override Value Apply(Evaluator evaluator, Value x, Value y)
    {
        var obj = evaluator.AsObject(x);
        return BooleanValue.Of(obj.Has(evaluator.AsString(y).Text));
    }
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>: the right side only when the left does not decide.</summary>
internal sealed class LogicNode(Place place, bool decidedBy, Node left, Node right) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var x = left.Eval(evaluator, env);
        evaluator.Current = this;
        if (evaluator.AsBoolean(x) == decidedBy)
            return x;
        var y = right.Eval(evaluator, env);
        evaluator.Current = this;
        evaluator.AsBoolean(y);
        return y;
    }
}

internal sealed class UnaryNode(Place place, char op, Node operand) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var x = operand.Eval(evaluator, env);
        evaluator.Current = this;
        return op switch
        {
            '!' => BooleanValue.Of(!evaluator.AsBoolean(x)),
            '-' => NumberValue.Of(-evaluator.AsNumber(x)),
            '+' => NumberValue.Of(evaluator.AsNumber(x)),
            _ => NumberValue.Of(~ToInt64(evaluator.AsNumber(x))),
        };
    }

    /// <summary>Truncates; numbers out of range become the smallest integer, as the reference's processor does it.</summary>
    private static long ToInt64(double number) =>
        number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : long.MinValue;
}
