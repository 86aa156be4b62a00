using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// One run of a statement that stays prepared on its connection, for the few queries that a start or most requests cannot do without: values go in and come out by position, with none of
/// the driver's objects in between, which cost more than SQLite's own work, nor Dapper's, whose first query compiles its mapper. Positions of parameters count from 1, those of columns from 0, both as SQLite does.
/// </summary>
internal readonly ref struct Statement(SqliteConnection connection, sqlite3_stmt handle)
{
    private const int IdLength = 36;

    public void Bind(int position, Guid value)
    {
        Span<byte> text = stackalloc byte[IdLength];
        _ = value.TryFormat(text, out _, "D");
        Demand(raw.sqlite3_bind_text(handle, position, text));
    }

    public void Bind(int position, string value) => Demand(raw.sqlite3_bind_text(handle, position, value));

    public void Bind(int position, long? value) => Demand(value is { } given ? raw.sqlite3_bind_int64(handle, position, given) : raw.sqlite3_bind_null(handle, position));

    public void Bind(int position, ReadOnlySpan<byte> value) => Demand(raw.sqlite3_bind_blob(handle, position, value));

    /// <summary>Goes to the next row. False when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement without rows; answers how many it changed.</summary>
    public int Execute()
    {
        _ = Step();
        return raw.sqlite3_changes(connection.Handle);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>What SQLite holds of a text, in UTF-8, or of a blob. It is gone with the row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Guid Id(int column) => Guid.Parse(Bytes(column));

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public DateTimeOffset Time(int column) => Number(column).ToTime();

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public JsonElement Json(int column) => JsonElement.Parse(Bytes(column));

    public JsonElement? JsonOrNull(int column) => IsNull(column) ? null : Json(column);

    /// <summary>Ends the run; the statement stays prepared.</summary>
    public void Dispose() => _ = raw.sqlite3_reset(handle);

    private void Demand(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }
}
