using Selfservice.Jsonnet.Evaluation;

namespace Selfservice.Jsonnet.Values;

/// <summary>Names of a function's parameters and which of them may be left out.</summary>
internal sealed class Signature
{
    private readonly string[] _names;
    private readonly bool[] _optional;

    public Signature(string[] names, bool[] optional)
    {
        _names = names;
        _optional = optional;
        Slots = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            // Two parameters of one name share the place of the last.
            Slots[i] = Array.LastIndexOf(names, names[i]);
            if (!optional[i])
                Required++;
        }
    }

    public int Count => _names.Length;

    public int Required { get; }

    /// <summary>The frame slot of each parameter.</summary>
    public int[] Slots { get; }

    public string Name(int index) => _names[index];

    public bool IsOptional(int index) => _optional[index];

    public int SlotOf(string name) => Array.LastIndexOf(_names, name);

    /// <summary>The slot of a required parameter without an argument, as its index; -1 when all are there.</summary>
    public int FirstMissing(Cell?[] slots)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (!_optional[i] && slots[Slots[i]] is null)
                return i;
        }

        return -1;
    }
}

internal abstract class FunctionValue : Value
{
    public override string TypeName => "function";

    public abstract Signature Signature { get; }

    /// <summary>How many slots the caller allocates: parameters first.</summary>
    public abstract int FrameSize { get; }

    public abstract string Name { get; }

    /// <summary>Runs the function; null slots are parameters without argument, already known to be optional.</summary>
    public abstract Value Invoke(Evaluator evaluator, Cell?[] slots);
}

/// <summary>A function of the program with the variables it sees.</summary>
internal sealed class Closure(FunctionNode node, Env env) : FunctionValue
{
    public FunctionNode Node { get; } = node;

    public Env Env { get; } = env;

    public override Signature Signature => Node.Signature;

    public override int FrameSize => Node.FrameSize;

    public override string Name => Node.Name;

    public override Value Invoke(Evaluator evaluator, Cell?[] slots) => evaluator.Run(this, slots);
}

/// <summary>The body of a library function.</summary>
internal delegate Value NativeBody(Arguments arguments);

/// <summary>A function of the library or of the host.</summary>
internal sealed class NativeFunction(string name, Signature signature, bool isStrict, NativeBody body) : FunctionValue
{
    public override Signature Signature { get; } = signature;

    public override int FrameSize => Signature.Count;

    public override string Name { get; } = name;

    public override Value Invoke(Evaluator evaluator, Cell?[] slots)
    {
        // Most library functions need all arguments: they are computed in order, before the first is looked at.
        if (isStrict)
        {
            for (var i = 0; i < slots.Length; i++)
                slots[i] = slots[i]?.Get(evaluator);
        }

        return body(new Arguments(evaluator, slots, Name));
    }
}

/// <summary>The arguments of a library function, with their types checked as they are asked for.</summary>
internal readonly struct Arguments(Evaluator evaluator, Cell?[] cells, string function)
{
    public Evaluator Evaluator { get; } = evaluator;

    public string Function { get; } = function;

    public bool Has(int index) => cells[index] is not null;

    public Cell Cell(int index) => cells[index] ?? NullValue.Instance;

    public Value this[int index] => Cell(index).Get(Evaluator);

    public StringValue String(int index) => Evaluator.AsString(this[index]);

    public string Text(int index) => String(index).Text;

    public double Number(int index) => Evaluator.AsNumber(this[index]);

    public bool Boolean(int index) => Evaluator.AsBoolean(this[index]);

    public bool Boolean(int index, bool fallback) => Has(index) ? Boolean(index) : fallback;

    public ArrayValue Array(int index) => Evaluator.AsArray(this[index]);

    public ObjectValue Object(int index) => Evaluator.AsObject(this[index]);

    public FunctionValue Callable(int index) => Evaluator.AsFunction(this[index]);

    /// <summary>A key function, null when it was left out or is the identity.</summary>
    public FunctionValue? Key(int index) => Has(index) ? Callable(index) : null;

    /// <summary>A number that must be whole.</summary>
    public int Integer(int index) => Evaluator.AsInteger(this[index]);
}
