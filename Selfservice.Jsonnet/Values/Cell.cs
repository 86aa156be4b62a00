using Selfservice.Jsonnet.Evaluation;

namespace Selfservice.Jsonnet.Values;

/// <summary>What a variable, an array element or a field holds: a value, or the promise of one.</summary>
internal abstract class Cell
{
    /// <summary>The value, computed on first use. Never returns without one: an error ends the evaluation.</summary>
    public abstract Value Get(Evaluator evaluator);
}

/// <summary>A value of the language; immutable, apart from what it remembers of work already done.</summary>
internal abstract class Value : Cell
{
    /// <summary>The name that <c>std.type</c> answers.</summary>
    public abstract string TypeName { get; }

    public sealed override Value Get(Evaluator evaluator) => this;
}

internal sealed class NullValue : Value
{
    public static readonly NullValue Instance = new();

    private NullValue()
    {
    }

    public override string TypeName => "null";
}

internal sealed class BooleanValue : Value
{
    public static readonly BooleanValue True = new(true);
    public static readonly BooleanValue False = new(false);

    private BooleanValue(bool content) => Content = content;

    public bool Content { get; }

    public override string TypeName => "boolean";

    public static BooleanValue Of(bool content) => content ? True : False;
}

internal sealed class NumberValue : Value
{
    private const int CachedBelow = 1024;
    private static readonly NumberValue[] Cached = MakeCache();

    private NumberValue(double content) => Content = content;

    public double Content { get; }

    public override string TypeName => "number";

    public static NumberValue Of(double content)
    {
        var index = (int)content;
        // The sign of zero is visible: -0 is no cached 0.
        return index == content && (uint)index < CachedBelow && !(index == 0 && double.IsNegative(content)) ? Cached[index] : new NumberValue(content);
    }

    private static NumberValue[] MakeCache()
    {
        var cache = new NumberValue[CachedBelow];
        for (var i = 0; i < cache.Length; i++)
            cache[i] = new NumberValue(i);
        return cache;
    }
}

internal sealed class ArrayValue(Cell[] elements) : Value
{
    public static readonly ArrayValue Empty = new([]);

    public Cell[] Elements { get; } = elements;

    public int Length => Elements.Length;

    public override string TypeName => "array";
}
