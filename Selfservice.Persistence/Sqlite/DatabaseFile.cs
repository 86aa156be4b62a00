using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>Where the database is, and how connections to it are opened.</summary>
internal sealed class DatabaseFile : IDisposable
{
    private readonly SqliteOptions _options;
    private readonly string _connectionString;
    private readonly string _path;
    private readonly DirectoryInfo? _temporary;

    public DatabaseFile(SqliteOptions options)
    {
        _options = options;
        _temporary = options.Temporary ? Directory.CreateTempSubdirectory("selfservice-") : null;
        var builder = new SqliteConnectionStringBuilder(_temporary is null ? options.ConnectionString : "");
        if (_temporary is not null)
            builder.DataSource = Path.Combine(_temporary.FullName, "store.db");
        _path = builder.DataSource;
        // The driver's pool is static and outlives the store; ours is not. Its wait for a lock blocks the thread; ours does not.
        builder.Pooling = false;
        builder.ForeignKeys = true;
        builder.DefaultTimeout = 1;
        _connectionString = builder.ToString();
    }

    /// <summary>Makes the file and its folder, for the host's user alone: SQLite gives the log beside it the same rights.</summary>
    public void Create()
    {
        // What is a URI or begins with the driver's |DataDirectory| is for SQLite and the driver to resolve.
        if (_path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || _path.StartsWith('|') || File.Exists(_path))
            return;
        var full = Path.GetFullPath(_path);
        var folder = Path.GetDirectoryName(full);
        var posix = !OperatingSystem.IsWindows();
        try
        {
            if (folder is not null && !Directory.Exists(folder))
                MakeFolder(folder, posix);
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (posix)
                OwnerOnly(how);
            using var made = new FileStream(full, how);
        }
        catch (IOException) when (File.Exists(full))
        {
            // Another process made it between the look and the making.
        }
    }

    /// <summary>Opens the connection that writes. It waits for nothing by itself: its owner does, without blocking a thread.</summary>
    public async Task<StoreConnection> OpenWriterAsync()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var db = new SqliteConnection(_connectionString);
            try
            {
                await db.OpenAsync(CancellationToken.None).ConfigureAwait(false);
                UseWriteAheadLog(db);
                return new StoreConnection(db);
            }
            catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && Stopwatch.GetElapsedTime(start) < _options.BusyTimeout)
            {
                // Switching to the log takes the whole file, and SQLite does not wait for it: two hosts at their first start meet here.
                await db.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
            }
            catch
            {
                await db.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Opens a connection that can only read.</summary>
    public StoreConnection OpenReader()
    {
        var db = new SqliteConnection(_connectionString);
        try
        {
            db.Open();
            // Readers meet a lock only while another process recovers or removes the log.
            _ = raw.sqlite3_busy_timeout(db.Handle, (int)_options.BusyTimeout.TotalMilliseconds);
            // With 16 MB the inner pages of what a session is read from stay, up to a million identities; it is taken only as a large database is read.
            Run(db, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;");
            return new StoreConnection(db);
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    public void Dispose() => _temporary?.Delete(recursive: true);

    private void UseWriteAheadLog(SqliteConnection db)
    {
        using var command = db.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        var mode = command.ExecuteScalar() as string;
        if (mode != "wal")
            throw new StoreUnavailableException($"The database needs a write-ahead log, but SQLite answers mode '{mode}' for it. Put its file on a local disk.");
        Run(db, string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {LogKeeper.KeptBytes};"));
        Run(db, _options switch
        {
            { Temporary: true } => "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;",
            { SyncEveryCommit: true } => "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;",
            _ => "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;",
        });
    }

    [SuppressMessage("Security", "CA2100", Justification = "Callers pass constants and numbers.")]
    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "Callers ask for the platform.")]
    private static void MakeFolder(string folder, bool posix)
    {
        if (posix)
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(folder);
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "Callers ask for the platform.")]
    private static void OwnerOnly(FileStreamOptions how) => how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
}
