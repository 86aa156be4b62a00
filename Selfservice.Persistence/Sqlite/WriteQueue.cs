using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// The one writer. It takes the units that wait, runs each in a savepoint of one transaction, commits, and only then tells the callers: many small writes cost one commit, and no
/// caller ever competes for SQLite's lock with another of the same process.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const string Begin = "BEGIN IMMEDIATE";
    private const string Commit = "COMMIT";
    private const string RollBack = "ROLLBACK";
    private const string Save = "SAVEPOINT unit";
    private const string BackToSave = "ROLLBACK TO unit";
    private const string Release = "RELEASE unit";

    // A group that never ends while work keeps coming in would never answer its first caller.
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(20);

    private readonly Channel<WriteUnit> _units = Channel.CreateUnbounded<WriteUnit>();
    private readonly List<WriteUnit> _group = [];
    private readonly AsyncLocal<WriteUnit?> _current = new();
    private readonly StoreConnection _connection;
    private readonly SqliteOptions _options;
    private readonly LogKeeper _log;
    private readonly Task _loop;

    public WriteQueue(StoreConnection connection, SqliteOptions options)
    {
        _connection = connection;
        _options = options;
        _log = new LogKeeper(connection);
        using (ExecutionContext.SuppressFlow())
            _loop = Task.Run(RunAsync);
    }

    /// <summary>Begins a transaction that writes, waiting for other processes without blocking a thread.</summary>
    public static async Task BeginAsync(StoreConnection connection, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var result = connection.Control(Begin);
            if (result == raw.SQLITE_OK)
                return;
            // SQLite's own wait blocks the thread and ends in steps of 100 ms, in which a busy other process always comes first.
            if ((result & 0xff) != raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(start) > timeout)
                SqliteException.ThrowExceptionForRC(result, connection.Driver.Handle);
            await Task.Delay(TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        }
    }

    public Task<T> EnqueueAsync<T>(WriteUnit<T> unit)
    {
        if (_current.Value is { Running: true })
            throw new InvalidOperationException("A write waits for a write that it is part of. Use the scope that the work was given.");
        ObjectDisposedException.ThrowIf(!_units.Writer.TryWrite(unit), typeof(SqliteStore));
        return unit.Completion;
    }

    /// <summary>Lets the units that wait run to their end, takes no more, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _units.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _connection.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _units.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            try
            {
                EndTransaction();
                await BeginAsync(_connection, _options.BusyTimeout).ConfigureAwait(false);
            }
            catch (SqliteException e)
            {
                FailWaiting(StoreUnavailableException.For(e));
                continue;
            }

            await RunGroupAsync().ConfigureAwait(false);
            _group.Clear();
            _log.Look();
        }
    }

    private async Task RunGroupAsync()
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            while (_group.Count < _options.MaximumGroupSize && Stopwatch.GetElapsedTime(start) < LongestGroup && _units.Reader.TryRead(out var unit))
            {
                if (unit.TryStart())
                    await RunUnitAsync(unit).ConfigureAwait(false);
            }

            _connection.Demand(Commit);
        }
        catch (SqliteException e)
        {
            EndTransaction();
            FailGroup(e);
            return;
        }

        foreach (var unit in _group)
            unit.Complete();
    }

    /// <summary>A COMMIT that failed leaves the transaction open, unless SQLite has given it up already.</summary>
    private void EndTransaction()
    {
        if (_connection.InTransaction)
            _ = _connection.Control(RollBack);
    }

    private async Task RunUnitAsync(WriteUnit unit)
    {
        _group.Add(unit);
        _connection.Demand(Save);
        var scope = new SqliteScope(_connection);
        await unit.RunAsync(scope, _current).ConfigureAwait(false);
        if (!_connection.InTransaction)
            throw unit.Error as SqliteException ?? new SqliteException("SQLite gave up the transaction.", raw.SQLITE_ABORT);
        if (unit.Error is not null || scope.RolledBack)
            _connection.Demand(BackToSave);
        _connection.Demand(Release);
    }

    private void FailGroup(SqliteException error)
    {
        var failure = StoreUnavailableException.For(error);
        foreach (var unit in _group)
        {
            // What a unit threw by itself is nearer to its caller. The others, rolled back ones too, may have read what was not kept.
            if (unit.Error is null)
                unit.Fail(failure);
            else
                unit.Complete();
        }
    }

    private void FailWaiting(Exception error)
    {
        // All of them: one after the other would make the last wait as many times as long.
        for (var waiting = _units.Reader.Count; waiting > 0 && _units.Reader.TryRead(out var unit); waiting--)
        {
            if (unit.TryStart())
                unit.Fail(error);
        }
    }
}
