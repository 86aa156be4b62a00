using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

/// <summary>Loads the credentials of a page of identities: one query per table, however many identities there are.</summary>
internal static class IdentityLoader
{
    public static async Task<IReadOnlyList<Identity>> LoadAsync(DbConnection db, IReadOnlyList<IdentityRow> rows, bool withCredentials)
    {
        if (!withCredentials)
            return [.. rows.Select(r => r.ToIdentity(credentials: null))];
        var ids = JsonColumn.WriteTexts(rows.Select(r => r.Id));
        var identifiers = (await IdentifiersAsync(db, ids).ConfigureAwait(false)).ToLookup(r => (r.IdentityId, r.Type), r => r.Identifier);
        var credentials = (await CredentialsAsync(db, ids).ConfigureAwait(false)).ToLookup(r => r.IdentityId, r => r.ToCredential([.. identifiers[(r.IdentityId, r.Type)]]));
        return [.. rows.Select(r => r.ToIdentity([.. credentials[r.Id]]))];
    }

    private static Task<IEnumerable<CredentialRow>> CredentialsAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, type AS Type, config AS Config, version AS Version, position AS Position, created_at AS CreatedAt, updated_at AS UpdatedAt
            FROM credentials WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, position
            """;
        return db.QueryAsync<CredentialRow>(sql, new { ids });
    }

    private static Task<IEnumerable<IdentifierRow>> IdentifiersAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, type AS Type, identifier AS Identifier
            FROM credential_identifiers WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, type, position
            """;
        return db.QueryAsync<IdentifierRow>(sql, new { ids });
    }
}
