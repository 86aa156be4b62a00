using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence;

/// <summary>The store cannot do its work now, through no fault of the request: the disk is full, the file cannot be read, another process holds its lock. Nothing of the work was kept.</summary>
public sealed class StoreUnavailableException : DbException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public StoreUnavailableException()
        : this("The database cannot be used.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL };

    /// <summary>This exception for an error of the environment; the error itself for any other, which only a bug can cause.</summary>
    internal static Exception For(Exception error) => error is SqliteException sqlite && Reason(sqlite) is { } reason
        ? new StoreUnavailableException($"The database cannot be used, and nothing of this work was kept: {reason}", sqlite)
        : error;

    private static string? Reason(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk or the database is full. Make room; the store goes on by itself.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another process held its lock for longer than SqliteOptions.BusyTimeout. Let that process commit sooner.",
        raw.SQLITE_READONLY => "it is read-only. Let the host's user write the file and its folder.",
        raw.SQLITE_CANTOPEN => "its file cannot be opened. Check the path and the rights of the host's user.",
        raw.SQLITE_IOERR => "reading or writing its file failed. Check the disk.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "its file is damaged or no SQLite database. Restore a backup.",
        raw.SQLITE_NOMEM => "the memory is used up.",
        _ => null,
    };
}
