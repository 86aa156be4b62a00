using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Storage;

namespace Selfservice.Persistence.Identities;

/// <summary>Writes an identity with all it has. Uniqueness is the tables' constraints; a row that they refuse becomes <see cref="IdentityWrite.Conflict"/>.</summary>
internal static class IdentityWriter
{
    public static async Task<IdentityWrite> InsertAsync(DbConnection db, Identity identity)
    {
        const string sql = """
            INSERT INTO identities (id, schema_id, traits, state, state_changed_at, external_id, metadata_public, metadata_admin, organization_id, verifiable_addresses, recovery_addresses,
                created_at, updated_at)
            VALUES (@Id, @SchemaId, @Traits, @State, @StateChangedAt, @ExternalId, @MetadataPublic, @MetadataAdmin, @OrganizationId, @VerifiableAddresses, @RecoveryAddresses,
                @CreatedAt, @UpdatedAt)
            ON CONFLICT DO NOTHING
            """;
        var merged = AddressWriter.Merge(identity, [], []);
        return await db.ExecuteAsync(sql, IdentityRow.Of(merged)).ConfigureAwait(false) == 1
            && await WriteBelongingsAsync(db, merged, identity.Credentials, stored: null).ConfigureAwait(false)
            ? IdentityWrite.Written : IdentityWrite.Conflict;
    }

    public static async Task<IdentityWrite> UpdateAsync(DbConnection db, Identity stored, Identity identity)
    {
        const string sql = """
            UPDATE OR IGNORE identities SET schema_id = @SchemaId, traits = @Traits, state = @State, state_changed_at = @StateChangedAt, external_id = @ExternalId,
                metadata_public = @MetadataPublic, metadata_admin = @MetadataAdmin, organization_id = @OrganizationId, verifiable_addresses = @VerifiableAddresses,
                recovery_addresses = @RecoveryAddresses, updated_at = MAX(updated_at + 1, @UpdatedAt)
            WHERE id = @Id
            """;
        // Read before anything is written: it fails where they were not loaded.
        var credentials = identity.Credentials;
        var merged = AddressWriter.Merge(identity, stored.VerifiableAddresses, stored.RecoveryAddresses);
        return await db.ExecuteAsync(sql, IdentityRow.Of(merged)).ConfigureAwait(false) == 1
            && await WriteBelongingsAsync(db, merged, credentials, stored).ConfigureAwait(false)
            ? IdentityWrite.Written : IdentityWrite.Conflict;
    }

    private static async Task<bool> WriteBelongingsAsync(DbConnection db, Identity identity, IReadOnlyList<Credential> credentials, Identity? stored) =>
        await CredentialWriter.WriteAsync(db, identity.Id, credentials, stored?.Credentials ?? []).ConfigureAwait(false)
        && await AddressWriter.WriteKeysAsync(db, identity, stored is null ? [] : [.. AddressKey.Of(stored)]).ConfigureAwait(false);
}
