using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Syntax;

namespace Selfservice.Jsonnet.Values;

/// <summary>What one pair of braces contributes to an object; inheritance stacks layers.</summary>
internal abstract class ObjectLayer
{
    private const int LinearUpTo = 8;
    private readonly string[] _names;
    private Dictionary<string, int>? _index;

    protected ObjectLayer(string[] names) => _names = names;

    public int Count => _names.Length;

    public string Name(int field) => _names[field];

    /// <summary>A name that this layer takes away from layers below, if it is of that kind.</summary>
    public virtual string? Removes => null;

    /// <summary>How many layers below it <see cref="Removes"/> is about.</summary>
    public virtual int Covered => 0;

    public virtual bool HasAssertions => false;

    public abstract Visibility VisibilityOf(int field);

    /// <summary>Where the field is, or -1.</summary>
    public int Find(string name)
    {
        if (_names.Length > LinearUpTo)
            return (_index ??= MakeIndex()).GetValueOrDefault(name, -1);
        for (var i = 0; i < _names.Length; i++)
        {
            if ((object)_names[i] == name || _names[i] == name)
                return i;
        }

        return -1;
    }

    /// <summary>Computes the field for an object in which this layer stands at <paramref name="level"/>.</summary>
    public abstract Value Evaluate(Evaluator evaluator, ObjectValue self, int level, int field);

    public virtual void CheckAssertions(Evaluator evaluator, ObjectValue self, int level)
    {
    }

    private Dictionary<string, int> MakeIndex()
    {
        var index = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
        for (var i = 0; i < _names.Length; i++)
            index[_names[i]] = i;
        return index;
    }
}

/// <summary>Fields whose values do not depend on the object: data from outside, results of library functions.</summary>
internal sealed class DataLayer(string[] names, Cell[] cells, Visibility visibility = Visibility.Inherited) : ObjectLayer(names)
{
    public override Visibility VisibilityOf(int field) => visibility;

    public override Value Evaluate(Evaluator evaluator, ObjectValue self, int level, int field) => cells[field].Get(evaluator);
}

/// <summary>Takes one field away from the object that it was made for, which are the layers right below (<c>std.objectRemoveKey</c>).</summary>
internal sealed class RemovalLayer(string name, int covered) : ObjectLayer([])
{
    public override string Removes { get; } = name;

    public override int Covered { get; } = covered;

    public override Visibility VisibilityOf(int field) => Visibility.Inherited;

    public override Value Evaluate(Evaluator evaluator, ObjectValue self, int level, int field) => throw new System.Diagnostics.UnreachableException();
}

/// <summary>Fields written in the program.</summary>
internal sealed class CodeLayer(ObjectNode node, string[] names, FieldNode[] fields, Env env) : ObjectLayer(names)
{
    public override bool HasAssertions => node.Assertions.Length > 0;

    public override Visibility VisibilityOf(int field) => fields[field].Visibility;

    public override Value Evaluate(Evaluator evaluator, ObjectValue self, int level, int field) =>
        fields[field].Evaluate(evaluator, self.FrameOf(evaluator, level, node, env), Name(field));

    public override void CheckAssertions(Evaluator evaluator, ObjectValue self, int level)
    {
        var frame = self.FrameOf(evaluator, level, node, env);
        foreach (var assertion in node.Assertions)
            evaluator.RunIsolated(assertion, frame);
    }
}

/// <summary>Fields made by an object comprehension: one body, as many surroundings as fields.</summary>
internal sealed class ComprehensionLayer(ObjectNode node, string[] names, Env[] envs) : ObjectLayer(names)
{
    public override Visibility VisibilityOf(int field) => Visibility.Inherited;

    public override Value Evaluate(Evaluator evaluator, ObjectValue self, int level, int field) =>
        node.Fields[0].Evaluate(evaluator, node.MakeFrame(evaluator, envs[field], self, level), Name(field));
}
