using System.Diagnostics.CodeAnalysis;
using Selfservice.Storage;

namespace Selfservice.Persistence.Sqlite;

/// <summary>A piece of work that waits for the writer.</summary>
internal abstract class WriteUnit
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Canceled = 2;

    // Tracing and log scopes of the caller hold for its work, too.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _state;

    /// <summary>What the work threw; null when it ended well.</summary>
    public Exception? Error { get; protected set; }

    /// <summary>Whether the work runs now; a write that it waits for would never begin.</summary>
    public bool Running { get; private set; }

    /// <summary>False when the caller gave up before.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    public async Task RunAsync(SqliteScope scope, AsyncLocal<WriteUnit?> current)
    {
        Task? run = null;
        Running = true;
        void Start()
        {
            current.Value = this;
            run = InvokeAsync(scope);
        }

        if (_context is null)
            Start();
        else
            ExecutionContext.Run(_context, static start => ((Action)start!)(), (Action)Start);
        await run!.ConfigureAwait(false);
        Running = false;
        scope.End();
    }

    /// <summary>Tells the caller how its work ended; to be called once it is committed.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that its work was not kept.</summary>
    public abstract void Fail(Exception error);

    protected abstract Task InvokeAsync(SqliteScope scope);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting;
}

internal sealed class WriteUnit<T> : WriteUnit
{
    // Without this the callers would go on on the writer's thread, and everybody behind them would wait.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IStoreScope, CancellationToken, Task<T>> _work;
    private readonly CancellationTokenRegistration _cancellation;
    private T? _result;

    public WriteUnit(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        _work = work;
        _cancellation = cancellationToken.UnsafeRegister(static (unit, token) => ((WriteUnit<T>)unit!).Cancel(token), this);
    }

    public Task<T> Completion => _completion.Task;

    public override void Complete()
    {
        _cancellation.Unregister();
        if (Error is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(StoreUnavailableException.For(Error));
    }

    public override void Fail(Exception error)
    {
        _cancellation.Unregister();
        _completion.TrySetException(error);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws belongs to its caller, not to the writer.")]
    protected override async Task InvokeAsync(SqliteScope scope)
    {
        try
        {
            _result = await _work(scope, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Error = e;
        }
    }

    private void Cancel(CancellationToken token)
    {
        if (TryCancel())
            _completion.TrySetCanceled(token);
    }
}
