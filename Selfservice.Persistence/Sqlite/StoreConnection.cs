using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>An open connection with the statements that were prepared on it. One work at a time uses it.</summary>
internal sealed class StoreConnection(SqliteConnection db) : IDisposable
{
    // Found by reference: hashing the text of a query takes longer than SQLite takes to begin it. Callers pass constants, of which there is one each.
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(ReferenceEqualityComparer.Instance);

    /// <summary>The driver's connection.</summary>
    public SqliteConnection Driver => db;

    /// <summary>The connection for queries that are mapped by name.</summary>
    public PreparedConnection Db { get; } = new(db);

    /// <summary>False when SQLite itself gave up the transaction, as it may when the disk is full.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(db.Handle) == 0;

    /// <summary>A run of a statement that stays prepared, for the few queries that a request cannot do without.</summary>
    /// <param name="sql">The query; a constant.</param>
    public Statement Run(string sql)
    {
        var result = Prepare(sql, out var statement);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, db.Handle);
        return new Statement(db, statement);
    }

    /// <summary>Runs BEGIN, COMMIT and the like without the driver, which would wait by blocking the thread. Answers SQLite's result code.</summary>
    public int Control(string sql)
    {
        var prepared = Prepare(sql, out var statement);
        if (prepared != raw.SQLITE_OK)
            return prepared;
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
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Db.Dispose();
        db.Dispose();
    }

    private int Prepare(string sql, out sqlite3_stmt statement)
    {
        if (_statements.TryGetValue(sql, out statement!))
            return raw.SQLITE_OK;
        var result = raw.sqlite3_prepare_v2(db.Handle, sql, out statement);
        if (result == raw.SQLITE_OK)
            _statements.Add(sql, statement);
        return result;
    }
}
