using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>The state of one evaluation: what it used of its limits, where it is, and what it imported.</summary>
internal sealed partial class Evaluator
{
    private const int StackBytesPerHop = 16 * 1024 * 1024;
    private const int MaxHops = 64;

    private readonly JsonnetLimits _limits;
    private readonly CancellationToken _cancellation;
    private Site[] _sites = new Site[32];
    private int _depth;
    private int _hops;
    private long _steps;
    private long _bytes;
    private FunctionValue? _tailFunction;
    private Cell?[]? _tailSlots;

    public Evaluator(JsonnetInputs inputs, JsonnetLimits limits, CancellationToken cancellation)
    {
        Inputs = inputs;
        _limits = limits;
        _cancellation = cancellation;
    }

    public JsonnetInputs Inputs { get; }

    /// <summary>The node at work; null while none of a program is.</summary>
    public Node? Current { get; set; }

    public long Steps => _steps;

    public long Bytes => _bytes;

    public int MaxDepth => _limits.MaxDepth;

    public int MaxOutputLength => _limits.MaxOutputLength;

    /// <summary>Counts a piece of work that loops could repeat.</summary>
    public void Step()
    {
        if ((++_steps & 0xFF) == 0)
            CheckWork();
    }

    /// <summary>Counts work of a library function that grows with its input.</summary>
    public void Work(long amount)
    {
        _steps += amount;
        CheckWork();
    }

    private void CheckWork()
    {
        if (_cancellation.IsCancellationRequested)
            throw Fail(JsonnetErrorKind.Cancelled, "the evaluation was cancelled");
        if (_steps > _limits.MaxSteps)
            throw FailLimit(string.Create(CultureInfo.InvariantCulture, $"more than {_limits.MaxSteps} steps"));
    }

    /// <summary>Counts memory before it is taken.</summary>
    public void Charge(long bytes)
    {
        _bytes += bytes;
        if (_bytes > _limits.MaxMemoryBytes)
            throw FailLimit(string.Create(CultureInfo.InvariantCulture, $"more than {_limits.MaxMemoryBytes} bytes of values"));
    }

    /// <summary>Begins a frame; what it answers goes to <see cref="Leave"/>.</summary>
    public Node? Enter()
    {
        if (_depth >= _limits.MaxDepth)
            throw Fail(JsonnetErrorKind.Limit, "max stack frames exceeded.");
        Step();
        if (_depth == _sites.Length)
            Array.Resize(ref _sites, _sites.Length * 2);
        var site = Current;
        _sites[_depth++] = new Site(site);
        return site;
    }

    public void Leave(Node? site)
    {
        _depth--;
        Current = site;
    }

    public static bool HasStack => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <summary>Code in a frame of its own: a thunk, an assertion.</summary>
    public Value RunIsolated(Node node, Env env)
    {
        if (!HasStack)
            return OnFreshStack(() => RunIsolated(node, env));
        var site = Enter();
        var value = node.Eval(this, env);
        Leave(site);
        return value;
    }

    public Value RunIsolated(Func<Evaluator, Value> compute)
    {
        if (!HasStack)
            return OnFreshStack(() => RunIsolated(compute));
        var site = Enter();
        var value = compute(this);
        Leave(site);
        return value;
    }

    /// <summary>Runs a function of the program; strict calls in tail position reuse the frame.</summary>
    public Value Run(Closure closure, Cell?[] slots)
    {
        if (!HasStack)
            return OnFreshStack(() => Run(closure, slots));
        var site = Enter();
        while (true)
        {
            var node = closure.Node;
            var env = new Env(closure.Env, slots, closure.Env.Self, closure.Env.Level);
            Charge(96 + 8L * slots.Length);
            node.FillDefaults(slots, env);
            var value = node.Body.Eval(this, env);
            if (value is not TailCall)
            {
                Leave(site);
                return value;
            }

            Step();
            var function = _tailFunction!;
            slots = _tailSlots!;
            if (function is Closure next)
            {
                closure = next;
                continue;
            }

            value = function.Invoke(this, slots);
            Leave(site);
            return value;
        }
    }

    public Value PostponeCall(FunctionValue function, Cell?[] slots)
    {
        _tailFunction = function;
        _tailSlots = slots;
        return TailCall.Instance;
    }

    public Value Call(FunctionValue function, Cell argument)
    {
        var slots = new Cell?[function.FrameSize];
        CheckCount(function, 1);
        slots[function.Signature.Slots[0]] = argument;
        return Complete(function, slots);
    }

    public Value Call(FunctionValue function, Cell first, Cell second)
    {
        var slots = new Cell?[function.FrameSize];
        CheckCount(function, 2);
        slots[function.Signature.Slots[0]] = first;
        slots[function.Signature.Slots[1]] = second;
        return Complete(function, slots);
    }

    /// <summary>Calls with arguments by name only, as top-level arguments are given.</summary>
    public Value CallNamed(FunctionValue function, IEnumerable<KeyValuePair<string, Cell>> arguments)
    {
        var slots = new Cell?[function.FrameSize];
        foreach (var (name, cell) in arguments)
        {
            var slot = function.Signature.SlotOf(name);
            if (slot < 0)
                throw Fail($"function has no parameter {name}");
            slots[slot] = cell;
        }

        return Complete(function, slots);
    }

    private void CheckCount(FunctionValue function, int given)
    {
        if (given > function.Signature.Count)
        {
            throw Fail(string.Create(
                CultureInfo.InvariantCulture, $"function expected {function.Signature.Count} positional argument(s), but got {given}"));
        }
    }

    private Value Complete(FunctionValue function, Cell?[] slots)
    {
        CheckMissing(function, slots);
        if (function is Closure closure)
            return Run(closure, slots);
        // A library function that calls a library function: a frame, so that no pair of them can go round without end.
        if (!HasStack)
            return OnFreshStack(() => Complete(function, slots));
        var site = Enter();
        var value = function.Invoke(this, slots);
        Leave(site);
        return value;
    }

    public void CheckMissing(FunctionValue function, Cell?[] slots)
    {
        var missing = function.Signature.FirstMissing(slots);
        if (missing >= 0)
            throw Fail($"Missing argument: {function.Signature.Name(missing)}");
    }

    /// <summary>
    /// Goes on where there is room, when the thread's stack comes to its end. Native recursion is bounded by <see cref="JsonnetLimits.MaxDepth"/>,
    /// but how much stack a frame takes depends on the program and the caller.
    /// </summary>
    public T OnFreshStack<T>(Func<T> work)
    {
        if (_hops >= MaxHops)
            throw FailLimit("the evaluation needs too much stack");
        _hops++;
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
#pragma warning disable CA1031 // Whatever ends the work is thrown again on the thread that waits for it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytesPerHop);
        thread.Start();
        thread.Join();
        _hops--;
        failure?.Throw();
        return result!;
    }

    private readonly record struct Site(Node? Node);
}

/// <summary>What a body answers when its last act is a strict call: see <see cref="Evaluator.Run"/>.</summary>
internal sealed class TailCall : Value
{
    public static readonly TailCall Instance = new();

    public override string TypeName => "call";
}
