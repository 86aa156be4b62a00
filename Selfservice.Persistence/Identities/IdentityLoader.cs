using System.Data.Common;
using System.Text.Json;
using Dapper;
using Selfservice.Identities;

namespace Selfservice.Persistence.Identities;

/// <summary>Loads what belongs to a page of identities: one query per table, however many identities there are.</summary>
internal static class IdentityLoader
{
    public static async Task<IReadOnlyList<Identity>> LoadAsync(DbConnection db, IReadOnlyList<IdentityRow> rows, bool withCredentials)
    {
        var ids = Ids(rows);
        var verifiable = (await VerifiableAsync(db, ids).ConfigureAwait(false)).ToLookup(r => r.IdentityId, r => r.ToAddress());
        var recovery = (await RecoveryAsync(db, ids).ConfigureAwait(false)).ToLookup(r => r.IdentityId, r => r.ToAddress());
        ILookup<string, Credential>? credentials = null;
        if (withCredentials)
        {
            var identifiers = (await IdentifiersAsync(db, ids).ConfigureAwait(false)).ToLookup(r => (r.IdentityId, r.Type), r => r.Identifier);
            credentials = (await CredentialsAsync(db, ids).ConfigureAwait(false)).ToLookup(r => r.IdentityId, r => r.ToCredential([.. identifiers[(r.IdentityId, r.Type)]]));
        }

        return [.. rows.Select(r => r.ToIdentity([.. verifiable[r.Id]], [.. recovery[r.Id]], credentials is null ? null : [.. credentials[r.Id]]))];
    }

    public static string Ids(IEnumerable<IdentityRow> rows) => JsonSerializer.Serialize(rows.Select(r => r.Id));

    public static Task<IEnumerable<VerifiableAddressRow>> VerifiableAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, id AS Id, via AS Via, value AS Value, verified AS Verified, status AS Status, verified_at AS VerifiedAt, position AS Position,
                created_at AS CreatedAt, updated_at AS UpdatedAt
            FROM verifiable_addresses WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, position
            """;
        return db.QueryAsync<VerifiableAddressRow>(sql, new { ids });
    }

    public static Task<IEnumerable<RecoveryAddressRow>> RecoveryAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, id AS Id, via AS Via, value AS Value, position AS Position, created_at AS CreatedAt, updated_at AS UpdatedAt
            FROM recovery_addresses WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, position
            """;
        return db.QueryAsync<RecoveryAddressRow>(sql, new { ids });
    }

    public static Task<IEnumerable<CredentialRow>> CredentialsAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, type AS Type, config AS Config, version AS Version, position AS Position, created_at AS CreatedAt, updated_at AS UpdatedAt
            FROM credentials WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, position
            """;
        return db.QueryAsync<CredentialRow>(sql, new { ids });
    }

    public static Task<IEnumerable<IdentifierRow>> IdentifiersAsync(DbConnection db, string ids)
    {
        const string sql = """
            SELECT identity_id AS IdentityId, type AS Type, identifier AS Identifier
            FROM credential_identifiers WHERE identity_id IN (SELECT value FROM json_each(@ids)) ORDER BY identity_id, type, position
            """;
        return db.QueryAsync<IdentifierRow>(sql, new { ids });
    }
}
