using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
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
    /// <summary>Applies what is missing, inside the transaction that the caller began: of several hosts one does it, the others find it done.</summary>
    /// <returns>How many were applied.</returns>
    public int Apply(SqliteConnection db)
    {
        const string table = """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version    INTEGER NOT NULL PRIMARY KEY,
                name       TEXT    NOT NULL,
                hash       TEXT    NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT
            """;
        const string applied = "SELECT version AS Version, name AS Name, hash AS Hash FROM schema_migrations ORDER BY version";
        const string record = "INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES (@Version, @Name, @Hash, @AppliedAt)";
        db.Execute(table);
        var done = db.Query<Row>(applied).ToDictionary(r => r.Version);
        foreach (var row in done.Values)
            Check(row);
        var missing = migrations.Where(m => !done.ContainsKey(m.Version)).ToList();
        foreach (var migration in missing)
        {
            Run(db, migration.Sql);
            db.Execute(record, new { migration.Version, migration.Name, migration.Hash, AppliedAt = time.GetUtcNow().Milliseconds() });
        }

        return missing.Count;
    }

    private void Check(Row row)
    {
        var known = migrations.FirstOrDefault(m => m.Version == row.Version) ?? throw new InvalidOperationException(
            $"The database has migration {row.Name}, which this version of Selfservice.Persistence does not know. Install the version that applied it, or a newer one.");
        if (known.Hash != row.Hash)
        {
            throw new InvalidOperationException(
                $"Migration {row.Name} was edited after it was applied: the database has hash {row.Hash}, the package {known.Hash}. Restore the file and write the change as a new migration.");
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is embedded in the package.")]
    private static void Run(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Row
    {
        public long Version { get; init; }

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";
    }
}
