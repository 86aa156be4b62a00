using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>An open connection with the statements that were prepared on it. One work at a time uses it.</summary>
internal sealed class StoreConnection(SqliteConnection db) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> _controls = new(StringComparer.Ordinal);

    public SqliteConnection Db => db;

    /// <summary>False when SQLite itself gave up the transaction, as it may when the disk is full.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(db.Handle) == 0;

    /// <summary>A command that stays prepared, for the few queries that a request cannot do without.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Callers pass constants.")]
    public SqliteCommand Prepared(string sql)
    {
        if (_commands.TryGetValue(sql, out var command))
            return command;
        command = db.CreateCommand();
        command.CommandText = sql;
        _commands.Add(sql, command);
        return command;
    }

    /// <summary>Runs BEGIN, COMMIT and the like without the driver, which would wait by blocking the thread. Answers SQLite's result code.</summary>
    public int Control(string sql)
    {
        if (!_controls.TryGetValue(sql, out var statement))
        {
            var prepared = raw.sqlite3_prepare_v2(db.Handle, sql, out statement);
            if (prepared != raw.SQLITE_OK)
                return prepared;
            _controls.Add(sql, statement);
        }

        var result = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        return result is raw.SQLITE_DONE or raw.SQLITE_ROW ? raw.SQLITE_OK : result;
    }

    /// <summary>The same, failing as the driver does.</summary>
    public void Demand(string sql)
    {
        var result = Control(sql);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, db.Handle);
    }

    public void Dispose()
    {
        foreach (var statement in _controls.Values)
            statement.Dispose();
        foreach (var command in _commands.Values)
            command.Dispose();
        db.Dispose();
    }
}

internal static class PreparedCommands
{
    /// <summary>Gives a parameter its value, adding it at first use.</summary>
    public static SqliteCommand With(this SqliteCommand command, string name, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index < 0)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        else
            command.Parameters[index].Value = value ?? DBNull.Value;
        return command;
    }

    public static string? TextOrNull(this SqliteDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public static long? NumberOrNull(this SqliteDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
}
