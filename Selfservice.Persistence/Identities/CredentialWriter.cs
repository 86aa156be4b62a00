using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

/// <summary>Writes the credentials of an identity. A credential is the same when its type is: it keeps its time of creation, and unchanged its time of change.</summary>
internal static class CredentialWriter
{
    public static async Task<bool> WriteAsync(DbConnection db, Guid identityId, IReadOnlyList<Credential> credentials, IReadOnlyList<Credential> stored)
    {
        const string delete = "DELETE FROM credentials WHERE identity_id = @IdentityId AND type = @Type";
        const string insert = """
            INSERT INTO credentials (identity_id, type, config, version, position, created_at, updated_at)
            VALUES (@IdentityId, @Type, @Config, @Version, @Position, @CreatedAt, @UpdatedAt)
            ON CONFLICT DO NOTHING
            """;
        const string update = """
            UPDATE credentials SET config = @Config, version = @Version, position = @Position, updated_at = @UpdatedAt WHERE identity_id = @IdentityId AND type = @Type
            """;
        const string move = "UPDATE credentials SET position = @Position WHERE identity_id = @IdentityId AND type = @Type";
        var id = identityId.Text();
        var rows = stored.Select((c, position) => (Row: CredentialRow.Of(id, c, position), c.Identifiers)).ToDictionary(s => s.Row.Type);
        foreach (var (gone, _) in rows.Values.Where(s => credentials.All(c => c.Type.Name != s.Row.Type)))
            await db.ExecuteAsync(delete, gone).ConfigureAwait(false);
        foreach (var (position, credential) in credentials.Index())
        {
            var row = CredentialRow.Of(id, credential, position);
            List<string> wanted = [.. credential.Identifiers.Distinct(StringComparer.Ordinal)];
            var isStored = rows.TryGetValue(row.Type, out var old);
            var sameIdentifiers = (isStored ? old.Identifiers : []).SequenceEqual(wanted, StringComparer.Ordinal);
            var sql = !isStored ? insert
                : old.Row.Config != row.Config || old.Row.Version != row.Version || !sameIdentifiers ? update
                : old.Row.Position != row.Position ? move
                : null;
            if (sql is not null && await db.ExecuteAsync(sql, row).ConfigureAwait(false) != 1)
                return false;
            if (!sameIdentifiers && !await WriteIdentifiersAsync(db, row, wanted).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<bool> WriteIdentifiersAsync(DbConnection db, CredentialRow credential, List<string> wanted)
    {
        const string delete = "DELETE FROM credential_identifiers WHERE identity_id = @IdentityId AND type = @Type";
        const string insert = """
            INSERT INTO credential_identifiers (type, identifier, identity_id, position) VALUES (@Type, @Identifier, @IdentityId, @Position)
            ON CONFLICT DO NOTHING
            """;
        await db.ExecuteAsync(delete, new { credential.IdentityId, credential.Type }).ConfigureAwait(false);
        foreach (var (position, identifier) in wanted.Index())
        {
            var parameters = new { credential.Type, Identifier = identifier, credential.IdentityId, Position = position };
            if (await db.ExecuteAsync(insert, parameters).ConfigureAwait(false) != 1)
                return false;
        }

        return true;
    }
}
