using System.Diagnostics;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// Keeps the write-ahead log from growing without end. The checkpoint that SQLite makes by itself waits for nobody, and the log begins anew only in a moment in which nobody reads from it:
/// while reads overlap there is none. So once the log is large, the writer waits a little for the readers of old states, with no write in between that would make new ones.
/// </summary>
internal sealed class LogKeeper(StoreConnection connection)
{
    /// <summary>The size in bytes from which on it is kept small: far beyond the 4 MB at which SQLite begins to checkpoint.</summary>
    public const long LargeBytes = 64 * 1024 * 1024;

    /// <summary>The size in bytes to which the file is cut when the log begins anew.</summary>
    public const long KeptBytes = 16 * 1024 * 1024;

    // Writers wait as long at most for one attempt, and for a twentieth of the time for all: who reads for minutes must not slow them down.
    private const int BusyMilliseconds = 50;
    private const int PauseFactor = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly FileInfo _log = new(raw.sqlite3_db_filename(connection.Driver.Handle, "main").utf8_to_string() + "-wal");
    private long _nextLook;

    /// <summary>Looks at the log; to be called between transactions.</summary>
    public void Look()
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _nextLook)
            return;
        _nextLook = now + Ticks(BetweenLooks);
        _log.Refresh();
        if (!_log.Exists || _log.Length <= LargeBytes)
            return;
        var db = connection.Driver.Handle;
        // Else this connection waits for nothing: its owner does, without blocking a thread.
        _ = raw.sqlite3_busy_timeout(db, BusyMilliseconds);
        // Whatever hinders it hinders the next attempt, or the next write, which says so.
        _ = raw.sqlite3_wal_checkpoint_v2(db, "main", raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
        _ = raw.sqlite3_busy_timeout(db, 0);
        var end = Stopwatch.GetTimestamp();
        _nextLook = end + Math.Max(Ticks(BetweenLooks), PauseFactor * (end - now));
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
