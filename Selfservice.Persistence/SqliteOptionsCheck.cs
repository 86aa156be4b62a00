using Microsoft.Data.Sqlite;
using Selfservice.Configuration;

namespace Selfservice.Persistence;

internal sealed class SqliteOptionsCheck : OptionsRules<SqliteOptions>
{
    public SqliteOptionsCheck()
    {
        Demand(o => o.Temporary || Complaint(o.ConnectionString) is null, o => $"ConnectionStrings:Selfservice (or SqliteOptions.ConnectionString): {Complaint(o.ConnectionString)}");
        Demand(o => o.BusyTimeout >= TimeSpan.FromMilliseconds(1) && o.BusyTimeout <= TimeSpan.FromMinutes(10), "SqliteOptions.BusyTimeout must be between 1 millisecond and 10 minutes.");
        Demand(o => o.IdleReadConnections is >= 1 and <= 256, "SqliteOptions.IdleReadConnections must be between 1 and 256.");
        Demand(o => o.MaximumGroupSize is >= 1 and <= 10_000, "SqliteOptions.MaximumGroupSize must be between 1 and 10000.");
    }

    private static string? Complaint(string text)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(text);
        }
        catch (ArgumentException e)
        {
            return $"It cannot be read ({e.Message}) Write 'Data Source=' and the path of a file.";
        }

        if (builder.DataSource.Length == 0)
            return "It names no database. Write 'Data Source=' and the path of a file.";
        if (builder.Mode is SqliteOpenMode.Memory || builder.DataSource.Contains(":memory:", StringComparison.Ordinal))
            return "A database in memory cannot be read while it is written. Use SqliteOptions.InMemory() or set Temporary.";
        return builder.Mode is SqliteOpenMode.ReadOnly ? "The database must be writable. Leave out 'Mode=ReadOnly'." : null;
    }
}
