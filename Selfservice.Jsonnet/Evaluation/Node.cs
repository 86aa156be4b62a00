using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>Core syntax: what is left after desugaring, with variables resolved to slots. Immutable, so that threads may share it.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Computes the value. Sets <see cref="Evaluator.Current"/> to itself before anything of its own can fail.</summary>
    public abstract Value Eval(Evaluator evaluator, Env env);

    /// <summary>The value for later: at once where that costs nothing and cannot fail, else a thunk.</summary>
    public virtual Cell Delay(Evaluator evaluator, Env env)
    {
        evaluator.Charge(48);
        return new Thunk(this, env);
    }
}

internal sealed class ConstantNode(Place place, Value value) : Node(place)
{
    public Value Value { get; } = value;

    public override Value Eval(Evaluator evaluator, Env env) => Value;

    public override Cell Delay(Evaluator evaluator, Env env) => Value;
}

/// <summary>Checks the room on the stack in the middle of deeply nested code.</summary>
internal sealed class GuardNode(Node inner) : Node(inner.Place)
{
    public override Value Eval(Evaluator evaluator, Env env) =>
        Evaluator.HasStack ? inner.Eval(evaluator, env) : evaluator.OnFreshStack(() => inner.Eval(evaluator, env));
}

/// <summary>The library as a value; <c>std.name</c> is resolved when the program is compiled.</summary>
internal sealed class StdNode(Place place) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env) => evaluator.StdFor(Place.Origin.File.Name);
}

internal sealed class VariableNode(Place place, int hops, int slot) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var cell = env.Up(hops).Slots[slot]!;
        if (cell is Value value)
            return value;
        evaluator.Current = this;
        return cell.Get(evaluator);
    }

    // A slot not bound yet belongs to a group of locals in the making.
    public override Cell Delay(Evaluator evaluator, Env env) => env.Up(hops).Slots[slot] ?? base.Delay(evaluator, env);
}

/// <summary><c>self</c>, and <c>$</c> with the hops to the outermost object.</summary>
internal sealed class SelfNode(Place place, int hops) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env) => env.Up(hops).Self!;

    public override Cell Delay(Evaluator evaluator, Env env) => env.Up(hops).Self!;
}

internal sealed class FieldAccessNode(Place place, Node target, string name) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var value = target.Eval(evaluator, env);
        evaluator.Current = this;
        if (value is ObjectValue obj)
            return Operators.Field(evaluator, obj, name);
        return Operators.Index(evaluator, value, new StringValue(name));
    }
}

internal sealed class IndexNode(Place place, Node target, Node index) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var value = target.Eval(evaluator, env);
        var key = index.Eval(evaluator, env);
        evaluator.Current = this;
        return Operators.Index(evaluator, value, key);
    }
}

internal sealed class SliceNode(Place place, Node target, Node from, Node to, Node step) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var whole = target.Eval(evaluator, env);
        var first = from.Eval(evaluator, env);
        var end = to.Eval(evaluator, env);
        var width = step.Eval(evaluator, env);
        evaluator.Current = this;
        return Library.StdArrays.Slice(evaluator, whole, first, end, width);
    }
}

internal sealed class SuperIndexNode(Place place, Node name) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var key = name.Eval(evaluator, env);
        evaluator.Current = this;
        var field = evaluator.AsString(key).Text;
        if (env.Level == 0)
            throw evaluator.Fail("Attempt to use super when there is no super class.");
        return env.Self!.Get(evaluator, field, env.Level) ?? throw evaluator.Fail($"Field does not exist: {field}");
    }
}

internal sealed class InSuperNode(Place place, Node name) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var key = name.Eval(evaluator, env);
        evaluator.Current = this;
        var level = env.Level;
        return BooleanValue.Of(env.Self!.Find(evaluator.AsString(key).Text, ref level, out _));
    }
}

/// <summary><c>if</c>; also what assertions become, whose conditions of a wrong type are errors at the place that asked, as in the reference.</summary>
internal sealed class IfNode(Place place, Node condition, Node then, Node otherwise, bool isAssertion = false) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var decision = condition.Eval(evaluator, env);
        if (ReferenceEquals(decision, BooleanValue.True))
            return then.Eval(evaluator, env);
        if (ReferenceEquals(decision, BooleanValue.False))
            return otherwise.Eval(evaluator, env);
        evaluator.Current = isAssertion ? null : this;
        throw evaluator.FailType(decision, "boolean");
    }
}

internal sealed class ErrorNode(Place place, Node message) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var value = message.Eval(evaluator, env);
        evaluator.Current = this;
        throw evaluator.Fail(Manifester.ToStringValue(evaluator, value).Text);
    }
}

/// <summary>A number too large for a double: only an error when it is needed.</summary>
internal sealed class OverflowNode(Place place) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        evaluator.Current = this;
        throw evaluator.Fail("overflow");
    }
}

/// <summary><c>local</c>: the bindings see each other, so all are put in their slots before the body runs.</summary>
internal sealed class LocalNode(Place place, LocalBinding[] bindings, Node body) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        foreach (var binding in bindings)
            env.Slots[binding.Slot] = binding.Value.Delay(evaluator, env);
        return body.Eval(evaluator, env);
    }
}

internal readonly record struct LocalBinding(int Slot, Node Value);

internal sealed class ArrayNode(Place place, Node[] elements) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        if (elements.Length == 0)
            return ArrayValue.Empty;
        evaluator.Charge(40 + 8L * elements.Length);
        var cells = new Cell[elements.Length];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = elements[i].Delay(evaluator, env);
        return new ArrayValue(cells);
    }

    public override Cell Delay(Evaluator evaluator, Env env) => elements.Length == 0 ? ArrayValue.Empty : base.Delay(evaluator, env);
}

internal sealed class ImportNode(Place place, Syntax.ImportKind kind, string path) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        evaluator.Current = this;
        return evaluator.Import(kind, Place.Origin.File.Name, path);
    }
}
