using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>One <c>for</c> with the conditions that follow it.</summary>
/// <param name="Source">The array gone through.</param>
/// <param name="Conditions">All must hold.</param>
/// <param name="FrameSize">Slots of a round; the variable is the first.</param>
internal sealed record Generator(Node Source, Node[] Conditions, int FrameSize);

/// <summary>Runs the rounds of a comprehension; each has a frame of its own.</summary>
internal abstract class ComprehensionNode(Place place) : Node(place)
{
    private Generator[] _generators = [];

    protected void SetGenerators(Generator[] generators) => _generators = generators;

    protected void Run(Evaluator evaluator, Env env, Action<Env> round) => Run(evaluator, env, 0, round);

    private void Run(Evaluator evaluator, Env env, int depth, Action<Env> round)
    {
        var generator = _generators[depth];
        var source = generator.Source.Eval(evaluator, env);
        evaluator.Current = this;
        foreach (var element in evaluator.AsArray(source).Elements)
        {
            evaluator.Step();
            evaluator.Charge(96);
            var slots = new Cell?[generator.FrameSize];
            slots[0] = element;
            var frame = new Env(env, slots, env.Self, env.Level);
            if (!Holds(evaluator, generator, frame))
                continue;
            if (depth + 1 < _generators.Length)
                Run(evaluator, frame, depth + 1, round);
            else
                round(frame);
        }
    }

    private bool Holds(Evaluator evaluator, Generator generator, Env frame)
    {
        foreach (var condition in generator.Conditions)
        {
            var decision = condition.Eval(evaluator, frame);
            evaluator.Current = this;
            if (!evaluator.AsBoolean(decision))
                return false;
        }

        return true;
    }
}

internal sealed class ArrayComprehensionNode(Place place) : ComprehensionNode(place)
{
    private Node? _body;

    public void Complete(Generator[] generators, Node body)
    {
        SetGenerators(generators);
        _body = body;
    }

    public override Value Eval(Evaluator evaluator, Env env)
    {
        var elements = new List<Cell>();
        Run(evaluator, env, frame =>
        {
            evaluator.Charge(8);
            elements.Add(_body!.Delay(evaluator, frame));
        });
        return new ArrayValue([.. elements]);
    }
}

internal sealed class ObjectComprehensionNode(Place place) : ComprehensionNode(place)
{
    private ObjectNode? _body;

    public void Complete(Generator[] generators, ObjectNode body)
    {
        SetGenerators(generators);
        _body = body;
    }

    public override Value Eval(Evaluator evaluator, Env env)
    {
        var names = new List<string>();
        var frames = new List<Env>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Run(evaluator, env, frame =>
        {
            if (ObjectNode.ComputeName(evaluator, frame, _body!.Fields[0], this) is not { } name)
                return;
            if (!seen.Add(name))
                throw evaluator.Fail($"Duplicate field name: \"{name}\"");
            evaluator.Charge(64);
            names.Add(name);
            frames.Add(frame);
        });
        return new ObjectValue(new ComprehensionLayer(_body!, [.. names], [.. frames]));
    }
}
