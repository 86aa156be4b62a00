using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Selfservice.Persistence.Migrations;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence;

/// <summary>
/// Keeps everything in one SQLite file. Reads run side by side on the callers' threads, each on one snapshot; writes run one after the other and share commits.
/// The file, its folder and its tables are made at first use, or by <see cref="InitializeAsync"/>.
/// </summary>
public sealed partial class SqliteStore : IStore, IAsyncDisposable
{
    private readonly SqliteOptions _options;
    private readonly Migrator _migrator;
    private readonly ILogger _logger;
    private readonly DatabaseFile _file;
    private readonly ReadPool _readers;
    [SuppressMessage("Usage", "CA2213", Justification = "Without a wait handle it holds nothing, and late callers must still find it.")]
    private readonly SemaphoreSlim _initializing = new(1);
    private volatile WriteQueue? _writer;
    private bool _disposed;

    /// <summary>Makes a store. Nothing is opened yet.</summary>
    /// <param name="options">Where the database is and how it is used.</param>
    /// <param name="time">The clock that dates applied migrations.</param>
    /// <param name="logger">Where applied migrations are told; null for nowhere.</param>
    public SqliteStore(SqliteOptions options, TimeProvider time, ILogger<SqliteStore>? logger = null)
        : this(options, time, Migration.Embedded(), logger)
    {
    }

    internal SqliteStore(SqliteOptions options, TimeProvider time, IReadOnlyList<Migration> migrations, ILogger<SqliteStore>? logger = null)
    {
        _options = options;
        _migrator = new Migrator(time, migrations);
        _logger = logger ?? NullLogger<SqliteStore>.Instance;
        _file = new DatabaseFile(options);
        _readers = new ReadPool(_file, options.IdleReadConnections);
    }

    /// <summary>Makes the database where there is none and brings its tables up to date. Runs once; later calls answer at once, a failed call may be repeated.</summary>
    /// <param name="cancellationToken">Stops waiting for another caller that initializes.</param>
    /// <exception cref="InvalidOperationException">An applied migration was edited, or a newer package applied one that this package does not know.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken) => await WriterAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Checks that the database can be read and that a transaction can begin and end. For health checks.</summary>
    /// <param name="cancellationToken">Stops waiting for the writes before it.</param>
    /// <exception cref="StoreUnavailableException">It cannot.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await ReadAsync((scope, token) => scope.Identities.FindAsync(Guid.Empty, withCredentials: false, token), cancellationToken).ConfigureAwait(false);
        await WriteAsync(static (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_writer is null)
            await WriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunReadAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e) when (StoreUnavailableException.For(e) is StoreUnavailableException unavailable)
        {
            throw unavailable;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The transaction could not be kept: the disk is full, or another process holds the lock for longer than <see cref="SqliteOptions.BusyTimeout"/>.</exception>
    /// <exception cref="InvalidOperationException">The write is called inside the work of another write.</exception>
    public async Task<T> WriteAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = _writer ?? await WriterAsync(cancellationToken).ConfigureAwait(false);
        return await writer.EnqueueAsync(new WriteUnit<T>(work, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Ends the writes that wait, takes no more, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _initializing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_writer is { } writer)
                await writer.DisposeAsync().ConfigureAwait(false);
            _readers.Dispose();
            _file.Dispose();
        }
        finally
        {
            _initializing.Release();
        }
    }

    private async Task<T> RunReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = _readers.Rent();
        var scope = new SqliteScope(connection);
        try
        {
            // All queries of the work see the same state.
            connection.Demand("BEGIN");
            return await work(scope, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            scope.End();
            if (connection.InTransaction)
                _ = connection.Control("COMMIT");
            _readers.Return(connection);
        }
    }

    private async Task<WriteQueue> WriterAsync(CancellationToken cancellationToken)
    {
        await _initializing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _writer ??= await OpenAsync().ConfigureAwait(false);
        }
        catch (SqliteException e) when (StoreUnavailableException.For(e) is StoreUnavailableException unavailable)
        {
            throw unavailable;
        }
        finally
        {
            _initializing.Release();
        }
    }

    private async Task<WriteQueue> OpenAsync()
    {
        _file.Create();
        var connection = await _file.OpenWriterAsync().ConfigureAwait(false);
        try
        {
            // A migration that makes a table anew drops the old one, whose rows must not take with them what refers to them. Inside a transaction this cannot be set.
            connection.Demand("PRAGMA foreign_keys = OFF");
            await WriteQueue.BeginAsync(connection, _options.BusyTimeout).ConfigureAwait(false);
            var applied = _migrator.Apply(connection);
            connection.Demand("COMMIT");
            connection.Demand("PRAGMA foreign_keys = ON");
            if (applied > 0)
                LogMigrated(applied);
            return new WriteQueue(connection, _options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [LoggerMessage(EventId = 1, EventName = "MigrationsApplied", Level = LogLevel.Information, Message = "Applied {Count} migrations to the database")]
    private partial void LogMigrated(int count);
}
