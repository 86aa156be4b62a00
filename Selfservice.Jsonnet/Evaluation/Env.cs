using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>
/// The variables of one function call, one object layer or one round of a comprehension, all locals inside included: each local is bound at most
/// once per frame, since whatever runs more than once has a frame of its own.
/// </summary>
internal sealed class Env(Env? parent, Cell?[] slots, ObjectValue? self, int level)
{
    public Env? Parent { get; } = parent;

    public Cell?[] Slots { get; } = slots;

    /// <summary>The innermost object around.</summary>
    public ObjectValue? Self { get; } = self;

    /// <summary>The layer of <see cref="Self"/> that the code belongs to: <c>super</c> means the layers below.</summary>
    public int Level { get; } = level;

    public Env Up(int hops)
    {
        var env = this;
        for (; hops > 0; hops--)
            env = env.Parent!;
        return env;
    }
}

/// <summary>Code with its variables, run when its value is first needed.</summary>
internal sealed class Thunk(Node node, Env env) : Cell
{
    private Node? _node = node;
    private Env? _env = env;
    private Value? _value;

    public override Value Get(Evaluator evaluator)
    {
        if (_value is { } known)
            return known;
        var value = evaluator.RunIsolated(_node!, _env!);
        _value = value;
        _node = null;
        _env = null;
        return value;
    }
}

/// <summary>A library function's promise, for results that the documentation calls lazy.</summary>
internal sealed class NativeThunk(Func<Evaluator, Value> compute) : Cell
{
    private Func<Evaluator, Value>? _compute = compute;
    private Value? _value;

    public override Value Get(Evaluator evaluator)
    {
        if (_value is { } known)
            return known;
        var value = evaluator.RunIsolated(_compute!);
        _value = value;
        _compute = null;
        return value;
    }
}

/// <summary>A call not made yet: an element of what <c>std.map</c> and <c>std.makeArray</c> answer.</summary>
internal sealed class CallThunk(FunctionValue function, Cell first, Cell? second) : Cell
{
    private Value? _value;

    public override Value Get(Evaluator evaluator) =>
        _value ??= second is null ? evaluator.Call(function, first) : evaluator.Call(function, first, second);
}
