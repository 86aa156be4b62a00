using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Syntax;

namespace Selfservice.Jsonnet.Values;

/// <summary>
/// An object: layers from the base (0) to the latest extension, the values of fields already computed, and whether its assertions were checked.
/// <c>a + b</c> only remembers the two; their layers are put in a row when a field is first looked at.
/// </summary>
internal sealed class ObjectValue : Value
{
    public static readonly ObjectValue Empty = new(new DataLayer([], []));

    /// <summary>Enough for any program; <c>o + o</c>, repeated, would otherwise double without end.</summary>
    private const int MaxLayers = 100_000;

    private readonly int _layerCount = 1;
    private ObjectLayer[]? _layers;
    private ObjectValue? _base;
    private ObjectValue? _extension;
    private Value?[]?[]? _values;
    private Env?[]? _frames;
    private bool _assertionsChecked;

    public ObjectValue(ObjectLayer layer) => _layers = [layer];

    private ObjectValue(ObjectLayer[] layers)
    {
        _layers = layers;
        _layerCount = layers.Length;
    }

    private ObjectValue(ObjectValue lower, ObjectValue upper)
    {
        _layerCount = lower._layerCount + upper._layerCount;
        _base = lower;
        _extension = upper;
    }

    public override string TypeName => "object";

    public ObjectLayer[] Layers => _layers ?? Flatten();

    public static ObjectValue Extend(Evaluator evaluator, ObjectValue lower, ObjectValue upper)
    {
        evaluator.Charge(80);
        if (lower._layerCount + upper._layerCount > MaxLayers)
            throw evaluator.FailLimit("an object has too many layers");
        return new ObjectValue(lower, upper);
    }

    public ObjectValue Without(Evaluator evaluator, string name)
    {
        evaluator.Charge(80 + 8L * Layers.Length);
        return new ObjectValue([.. Layers, new RemovalLayer(name, Layers.Length)]);
    }

    /// <summary>Finds the topmost field of that name below <paramref name="level"/>.</summary>
    public bool Find(string name, ref int level, out int field)
    {
        var layers = Layers;
        while (--level >= 0)
        {
            field = layers[level].Find(name);
            if (field >= 0)
                return true;
            if (layers[level].Removes == name)
                level -= layers[level].Covered;
        }

        field = -1;
        return false;
    }

    public bool Has(string name)
    {
        var level = Layers.Length;
        return Find(name, ref level, out _);
    }

    /// <summary>Whether the field exists and is not hidden.</summary>
    public bool Shows(string name)
    {
        var level = Layers.Length;
        while (Find(name, ref level, out var field))
        {
            var visibility = Layers[level].VisibilityOf(field);
            if (visibility != Visibility.Inherited)
                return visibility == Visibility.Forced;
            var below = level;
            if (!Find(name, ref below, out _))
                return true;
        }

        return false;
    }

    /// <summary>The field's value for <c>object.name</c>, or for <c>super.name</c> when <paramref name="level"/> is the layer that asks. Null when there is none.</summary>
    public Value? Get(Evaluator evaluator, string name, int level)
    {
        if (!_assertionsChecked)
            CheckAssertions(evaluator);
        if (!Find(name, ref level, out var field))
            return null;
        var values = _values ??= new Value?[]?[Layers.Length];
        var ofLayer = values[level] ??= new Value?[Layers[level].Count];
        if (ofLayer[field] is { } known)
            return known;
        var value = Layers[level].Evaluate(evaluator, this, level, field);
        ofLayer[field] = value;
        return value;
    }

    public Value? Get(Evaluator evaluator, string name) => Get(evaluator, name, Layers.Length);

    /// <summary>
    /// Checks each layer's assertions, once. They count as passed while they run: they may look at the object's own fields.
    /// </summary>
    public void CheckAssertions(Evaluator evaluator)
    {
        if (_assertionsChecked)
            return;
        _assertionsChecked = true;
        var layers = Layers;
        for (var level = layers.Length - 1; level >= 0; level--)
        {
            if (layers[level].HasAssertions)
                layers[level].CheckAssertions(evaluator, this, level);
        }
    }

    /// <summary>Names in code point order.</summary>
    public string[] FieldNames(Evaluator evaluator, bool withHidden)
    {
        var layers = Layers;
        string[] names;
        if (layers is [DataLayer single] && (withHidden || single.Count == 0 || single.VisibilityOf(0) != Visibility.Hidden))
        {
            names = new string[single.Count];
            for (var i = 0; i < names.Length; i++)
                names[i] = single.Name(i);
        }
        else
        {
            var isCut = Array.Exists(layers, layer => layer.Removes is not null);
            names = CollectNames(layers, withHidden || isCut);
            if (isCut)
                names = Array.FindAll(names, withHidden ? Has : Shows);
        }

        evaluator.Work(names.Length);
        if (names.Length > 1)
            Array.Sort(names, CodePoints.Order);
        return names;
    }

    private static string[] CollectNames(ObjectLayer[] layers, bool withHidden)
    {
        if (layers is [var only])
        {
            var list = new List<string>(only.Count);
            for (var i = 0; i < only.Count; i++)
            {
                if (withHidden || only.VisibilityOf(i) != Visibility.Hidden)
                    list.Add(only.Name(i));
            }

            return [.. list];
        }

        var seen = new Dictionary<string, Visibility>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            for (var i = 0; i < layer.Count; i++)
            {
                var visibility = layer.VisibilityOf(i);
                if (visibility != Visibility.Inherited || !seen.ContainsKey(layer.Name(i)))
                    seen[layer.Name(i)] = visibility;
            }
        }

        var names = new List<string>(seen.Count);
        foreach (var (name, visibility) in seen)
        {
            if (withHidden || visibility != Visibility.Hidden)
                names.Add(name);
        }

        return [.. names];
    }

    /// <summary>The variables of a layer's locals in this object, made once.</summary>
    public Env FrameOf(Evaluator evaluator, int level, ObjectNode node, Env definition)
    {
        var frames = _frames ??= new Env?[Layers.Length];
        return frames[level] ??= node.MakeFrame(evaluator, definition, this, level);
    }

    private ObjectLayer[] Flatten()
    {
        var layers = new List<ObjectLayer>();
        var pending = new Stack<ObjectValue>();
        pending.Push(this);
        while (pending.TryPop(out var part))
        {
            if (part._layers is { } ready)
            {
                layers.AddRange(ready);
                continue;
            }

            pending.Push(part._extension!);
            pending.Push(part._base!);
        }

        _layers = [.. layers];
        _base = _extension = null;
        return _layers;
    }
}
