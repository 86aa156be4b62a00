using System.Globalization;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

internal sealed class FunctionNode(Place place, string name, Signature signature, Node?[] defaults) : Node(place)
{
    private Node? _body;

    public string Name { get; } = name;

    public Signature Signature { get; } = signature;

    /// <summary>Parameters and all locals of the body.</summary>
    public int FrameSize { get; private set; }

    public Node Body => _body!;

    /// <summary>Filled in by the compiler once the body is known.</summary>
    public void Complete(Node body, int frameSize)
    {
        _body = body;
        FrameSize = frameSize;
    }

    public void SetDefault(int parameter, Node value) => defaults[parameter] = value;

    public void FillDefaults(Cell?[] slots, Env env)
    {
        for (var i = 0; i < defaults.Length; i++)
        {
            if (defaults[i] is { } value && slots[Signature.Slots[i]] is null)
                slots[Signature.Slots[i]] = new Thunk(value, env);
        }
    }

    public override Value Eval(Evaluator evaluator, Env env)
    {
        evaluator.Charge(40);
        return new Closure(this, env);
    }

    public override Cell Delay(Evaluator evaluator, Env env) => Eval(evaluator, env);
}

internal readonly record struct NamedArgument(string Name, Node Value);

/// <summary>A call: arguments are promises, unless it is strict. A strict call in tail position reuses its caller's frame.</summary>
internal sealed class CallNode(Place place, Node target, Node[] positional, NamedArgument[] named, bool isStrict, bool isTail) : Node(place)
{
    public override Value Eval(Evaluator evaluator, Env env)
    {
        var callee = target.Eval(evaluator, env);
        evaluator.Current = this;
        var function = evaluator.AsFunction(callee);
        var slots = Bind(evaluator, env, function);
        if (!isStrict)
            return function.Invoke(evaluator, slots);
        foreach (var cell in slots)
            cell?.Get(evaluator);
        evaluator.Current = this;
        return isTail ? evaluator.PostponeCall(function, slots) : function.Invoke(evaluator, slots);
    }

    private Cell?[] Bind(Evaluator evaluator, Env env, FunctionValue function)
    {
        var signature = function.Signature;
        if (positional.Length > signature.Count)
        {
            throw evaluator.Fail(string.Create(
                CultureInfo.InvariantCulture, $"function expected {signature.Count} positional argument(s), but got {positional.Length}"));
        }

        var slots = new Cell?[function.FrameSize];
        for (var i = 0; i < positional.Length; i++)
            slots[signature.Slots[i]] = positional[i].Delay(evaluator, env);
        foreach (var argument in named)
        {
            var slot = signature.SlotOf(argument.Name);
            if (slot < 0)
                throw evaluator.Fail($"function has no parameter {argument.Name}");
            if (slots[slot] is not null)
                throw evaluator.Fail($"Argument {argument.Name} already provided");
            slots[slot] = argument.Value.Delay(evaluator, env);
        }

        if (positional.Length < signature.Count)
            evaluator.CheckMissing(function, slots);
        return slots;
    }
}
