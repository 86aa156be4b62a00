using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Migrations;

/// <summary>One step of the schema: a file that is embedded in the package and never edited once it was released.</summary>
/// <param name="Version">The number that its name begins with.</param>
/// <param name="Name">Its file's name without the dialect.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Suffix = ".sqlite.sql";

    /// <summary>The SHA-256 of its text, in lower-case hexadecimal, whatever line ends the file was checked out with.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The package's migrations, in order.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        Migration Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name[..^Suffix.Length], reader.ReadToEnd());
        }
    }
}

/// <summary>Brings the database's schema to what this package works with.</summary>
internal sealed class Migrator(TimeProvider time, IReadOnlyList<Migration> migrations)
{
    /// <summary>Applies what is missing, inside the transaction that the caller began, without foreign keys: of several hosts one does it, the others find it done.</summary>
    /// <returns>How many were applied.</returns>
    public int Apply(StoreConnection connection)
    {
        const string table = """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version    INTEGER NOT NULL PRIMARY KEY,
                name       TEXT    NOT NULL,
                hash       TEXT    NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT
            """;
        const string record = "INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES (?1, ?2, ?3, ?4)";
        connection.Demand(table);
        var done = ReadApplied(connection);
        var missing = migrations.Where(m => !done.Contains(m.Version)).ToList();
        foreach (var migration in missing)
        {
            Run(connection.Driver, migration.Sql);
            using var row = connection.Run(record);
            row.Bind(1, migration.Version);
            row.Bind(2, migration.Name);
            row.Bind(3, migration.Hash);
            row.Bind(4, time.GetUtcNow().Milliseconds());
            _ = row.Execute();
        }

        if (missing.Count > 0)
            CheckReferences(connection);
        return missing.Count;
    }

    private static void CheckReferences(StoreConnection connection)
    {
        const string sql = "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1";
        using var row = connection.Run(sql);
        if (row.Step())
        {
            throw new InvalidOperationException(
                $"Table {row.Text(0)} of the database has rows that refer to rows of {row.Text(1)} which are not there. Nothing was migrated. Something else than Selfservice deleted them: restore a backup, or delete what PRAGMA foreign_key_check lists.");
        }
    }

    private HashSet<long> ReadApplied(StoreConnection connection)
    {
        const string applied = "SELECT version, name, hash FROM schema_migrations ORDER BY version";
        var versions = new HashSet<long>();
        using var rows = connection.Run(applied);
        while (rows.Step())
        {
            Check(rows.Number(0), rows.Text(1), rows.Text(2));
            versions.Add(rows.Number(0));
        }

        return versions;
    }

    private void Check(long version, string name, string hash)
    {
        var known = migrations.FirstOrDefault(m => m.Version == version) ?? throw new InvalidOperationException(
            $"The database has migration {name}, which this version of Selfservice.Persistence does not know. Install the version that applied it, or a newer one.");
        if (known.Hash != hash)
        {
            throw new InvalidOperationException(
                $"Migration {name} was edited after it was applied: the database has hash {hash}, the package {known.Hash}. Restore the file and write the change as a new migration.");
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is embedded in the package.")]
    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
