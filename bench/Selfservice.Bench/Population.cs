using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Selfservice.Bench;

/// <summary>Identities straight into the database, each with a password credential, an address and a session on a device.</summary>
internal static class Population
{
    private const string Rows = """
        CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count) SELECT i, printf('00000000-0000-7000-8000-%012x', i) AS id FROM n;
        INSERT INTO identities (number, id, schema_id, traits, state, verifiable_addresses, recovery_addresses, created_at, updated_at)
            SELECT i, id, 'default', json_object('email', printf('person%d@example.org', i), 'name', printf('Person %d', i)), 'active',
                json_array(json_object('id', id, 'via', 'email', 'value', printf('person%d@example.org', i), 'verified', json('false'), 'status', 'pending', 'created_at', @now, 'updated_at', @now)),
                '[]', @now, @now FROM n;
        INSERT INTO credentials (identity_id, type, config, version, position, created_at, updated_at)
            SELECT id, 'password', '{"hashed_password":"$argon2id$v=19$m=19456,t=2,p=1$c2l4dGVlbiBieXRlcyBvZg$c2l4dGVlbiBieXRlcyBvZiBzaXh0ZWVuIGJ5dGVz"}', 0, 0, @now, @now FROM n;
        INSERT INTO credential_identifiers (type, identifier, identity_id, position) SELECT 'password', printf('person%d@example.org', i), id, 0 FROM n;
        INSERT INTO addresses (purpose, via, value, identity_id) SELECT 'verification', 'email', printf('person%d@example.org', i), id FROM n;
        INSERT INTO sessions (key, token_hash, id, identity_number, active, expires_at, authenticated_at, issued_at, aal, methods, devices)
            SELECT token_key(i), token_hash(i), id, i, 1, @end, @now, @now, 1, json_array(json_object('method', 'password', 'aal', 1, 'completed_at', @now)), json_array(json_object('id', id, 'ip_address', '203.0.113.7', 'user_agent', 'Browser/1', 'location', '')) FROM n;
        """;

    /// <summary>When the sessions end, in Unix seconds.</summary>
    private static long End { get; } = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds();

    /// <summary>The cookie of an identity's session, as a browser holds it that was told when the session ends.</summary>
    public static string Cookie(long number) => $"selfservice_session={Token(number)}.{End}";

    /// <summary>The session token of an identity by its number.</summary>
    public static string Token(long number) => string.Create(CultureInfo.InvariantCulture, $"ory_st_{number:D43}");

    public static void Fill(string database, int count)
    {
        Write(database, count);
        // What the system still has to write down would disturb what is measured next.
        using var file = File.OpenHandle(database, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private static void Write(string database, int count)
    {
        using var db = new SqliteConnection($"Data Source={database};Pooling=False");
        db.Open();
        db.CreateFunction("token_hash", (long number) => Hash(number), isDeterministic: true);
        db.CreateFunction("token_key", (long number) => BinaryPrimitives.ReadInt64BigEndian(Hash(number)), isDeterministic: true);
        using (var settings = db.CreateCommand())
        {
            settings.CommandText = "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -200000;";
            settings.ExecuteNonQuery();
        }

        using var transaction = db.BeginTransaction();
        using (var rows = db.CreateCommand())
        {
            rows.CommandText = Rows;
            rows.CommandTimeout = 0;
            rows.Parameters.AddWithValue("@count", count);
            rows.Parameters.AddWithValue("@end", End * 1000);
            rows.Parameters.AddWithValue("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            rows.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static byte[] Hash(long number) => SHA256.HashData(Encoding.ASCII.GetBytes(Token(number)));

    /// <summary>A script for the load generator that asks for the session of any of the first <paramref name="count"/> identities.</summary>
    public static async Task<string> ScriptAsync(string folder, int count)
    {
        var path = Path.Combine(folder, $"any-of-{count}.lua");
        await File.WriteAllTextAsync(path, $$"""
            request = function()
              return wrk.format("GET", nil, { ["Cookie"] = string.format("selfservice_session=ory_st_%043d.{{End}}", math.random({{count}})) })
            end
            """);
        return path;
    }
}
