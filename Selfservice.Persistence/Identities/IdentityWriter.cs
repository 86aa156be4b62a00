using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Identities;

/// <summary>Writes an identity with all it has. Uniqueness is the tables' constraints; a row that they refuse becomes <see cref="IdentityWrite.Conflict"/>.</summary>
internal static class IdentityWriter
{
    public static async Task<IdentityWrite> InsertAsync(DbConnection db, Identity identity)
    {
        const string sql = """
            INSERT INTO identities (id, schema_id, traits, state, state_changed_at, external_id, metadata_public, metadata_admin, organization_id, created_at, updated_at)
            VALUES (@Id, @SchemaId, @Traits, @State, @StateChangedAt, @ExternalId, @MetadataPublic, @MetadataAdmin, @OrganizationId, @CreatedAt, @UpdatedAt)
            ON CONFLICT DO NOTHING
            """;
        if (await db.ExecuteAsync(sql, IdentityRow.Of(identity)).ConfigureAwait(false) != 1)
            return IdentityWrite.Conflict;
        return await WriteBelongingsAsync(db, identity, identity.Credentials, []).ConfigureAwait(false) ? IdentityWrite.Written : IdentityWrite.Conflict;
    }

    public static async Task<IdentityWrite> UpdateAsync(DbConnection db, Identity identity, DateTimeOffset? expectedUpdatedAt)
    {
        const string exists = "SELECT COUNT(*) FROM identities WHERE id = @Id AND (@Expected IS NULL OR updated_at = @Expected)";
        const string sql = """
            UPDATE OR IGNORE identities SET schema_id = @SchemaId, traits = @Traits, state = @State, state_changed_at = @StateChangedAt, external_id = @ExternalId,
                metadata_public = @MetadataPublic, metadata_admin = @MetadataAdmin, organization_id = @OrganizationId, updated_at = @UpdatedAt
            WHERE id = @Id
            """;
        var row = IdentityRow.Of(identity);
        // Read before anything is written: it fails where they were not loaded.
        var credentials = identity.Credentials;
        if (await db.ExecuteScalarAsync<long>(exists, new { row.Id, Expected = expectedUpdatedAt.Milliseconds() }).ConfigureAwait(false) == 0)
            return IdentityWrite.Missing;
        if (await db.ExecuteAsync(sql, row).ConfigureAwait(false) != 1)
            return IdentityWrite.Conflict;
        return await WriteBelongingsAsync(db, identity, credentials, [row]).ConfigureAwait(false) ? IdentityWrite.Written : IdentityWrite.Conflict;
    }

    private static async Task<bool> WriteBelongingsAsync(DbConnection db, Identity identity, IReadOnlyList<Credential> credentials, IdentityRow[] existing)
    {
        var ids = IdentityLoader.Ids(existing);
        var isNew = existing.Length == 0;
        return await CredentialWriter.WriteAsync(db, identity.Id, credentials, ids, isNew).ConfigureAwait(false)
            && await AddressWriter.WriteVerifiableAsync(db, identity, ids, isNew).ConfigureAwait(false)
            && await AddressWriter.WriteRecoveryAsync(db, identity, ids, isNew).ConfigureAwait(false);
    }
}
