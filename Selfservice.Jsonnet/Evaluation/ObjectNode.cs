using Selfservice.Jsonnet.Syntax;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>A field as written. Its name is computed outside the object, its value inside.</summary>
internal sealed class FieldNode(Node name, Node value, Visibility visibility, bool addsToSuper)
{
    public Node Name { get; } = name;

    public Visibility Visibility { get; } = visibility;

    public Value Evaluate(Evaluator evaluator, Env frame, string name)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => Evaluate(evaluator, frame, name));
        var site = evaluator.Enter();
        var own = value.Eval(evaluator, frame);
        evaluator.Leave(site);
        if (!addsToSuper)
            return own;
        // e+: v means super.e + v where there is a super.e, else v.
        var inherited = frame.Self!.Get(evaluator, name, frame.Level);
        return inherited is null ? own : Operators.Add(evaluator, inherited, own);
    }
}

/// <summary>An object between braces.</summary>
internal sealed class ObjectNode(Place place) : Node(place)
{
    private string[]? _staticNames;

    public FieldNode[] Fields { get; private set; } = [];

    /// <summary>Conditions that end in an error when they do not hold.</summary>
    public Node[] Assertions { get; private set; } = [];

    private LocalBinding[] Locals { get; set; } = [];

    private int FrameSize { get; set; }

    public void Complete(FieldNode[] fields, Node[] assertions, LocalBinding[] locals, int frameSize)
    {
        Fields = fields;
        Assertions = assertions;
        Locals = locals;
        FrameSize = frameSize;
        var names = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Name is not ConstantNode { Value: StringValue name } || Array.IndexOf(names, name.Text) >= 0)
                return;
            names[i] = name.Text;
        }

        _staticNames = names;
    }

    public override Value Eval(Evaluator evaluator, Env env)
    {
        evaluator.Charge(160 + 8L * Fields.Length);
        if (_staticNames is not null)
            return new ObjectValue(new CodeLayer(this, _staticNames, Fields, env));
        var names = new List<string>(Fields.Length);
        var fields = new List<FieldNode>(Fields.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            if (ComputeName(evaluator, env, field, this) is not { } name)
                continue;
            if (!seen.Add(name))
                throw evaluator.Fail($"Duplicate field name: \"{name}\"");
            names.Add(name);
            fields.Add(field);
        }

        return new ObjectValue(new CodeLayer(this, [.. names], [.. fields], env));
    }

    /// <summary>A computed field's name; null leaves the field out.</summary>
    public static string? ComputeName(Evaluator evaluator, Env env, FieldNode field, Node site)
    {
        var name = field.Name.Eval(evaluator, env);
        evaluator.Current = site;
        return name switch
        {
            StringValue text => text.Text,
            NullValue => null,
            _ => throw evaluator.Fail($"Field name must be string, got {name.TypeName}"),
        };
    }

    public Env MakeFrame(Evaluator evaluator, Env definition, ObjectValue self, int level)
    {
        evaluator.Charge(56 + 8L * FrameSize);
        var slots = FrameSize == 0 ? [] : new Cell?[FrameSize];
        var frame = new Env(definition, slots, self, level);
        foreach (var local in Locals)
            slots[local.Slot] = new Thunk(local.Value, frame);
        return frame;
    }
}
