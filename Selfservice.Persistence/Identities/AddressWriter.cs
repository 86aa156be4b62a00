using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

/// <summary>Writes the addresses of an identity. An address is the same when channel and value are: it keeps its id and its time of creation.</summary>
internal static class AddressWriter
{
    public static async Task<bool> WriteVerifiableAsync(DbConnection db, Identity identity, string ids, bool isNew)
    {
        const string delete = "DELETE FROM verifiable_addresses WHERE id = @Id";
        const string insert = """
            INSERT INTO verifiable_addresses (id, identity_id, via, value, verified, status, verified_at, position, created_at, updated_at)
            VALUES (@Id, @IdentityId, @Via, @Value, @Verified, @Status, @VerifiedAt, @Position, @CreatedAt, @UpdatedAt)
            ON CONFLICT DO NOTHING
            """;
        const string update = """
            UPDATE verifiable_addresses SET verified = @Verified, status = @Status, verified_at = @VerifiedAt, position = @Position, updated_at = @UpdatedAt
            WHERE identity_id = @IdentityId AND via = @Via AND value = @Value
            """;
        const string move = "UPDATE verifiable_addresses SET position = @Position WHERE identity_id = @IdentityId AND via = @Via AND value = @Value";
        var stored = isNew ? [] : (await IdentityLoader.VerifiableAsync(db, ids).ConfigureAwait(false)).ToDictionary(r => (r.Via, r.Value));
        var wanted = identity.VerifiableAddresses.DistinctBy(a => (a.Via, a.Value)).Select((a, position) => VerifiableAddressRow.Of(identity.Id.Text(), a, position)).ToList();
        foreach (var gone in stored.Values.ExceptBy(wanted.Select(w => (w.Via, w.Value)), r => (r.Via, r.Value)))
            await db.ExecuteAsync(delete, new { gone.Id }).ConfigureAwait(false);
        foreach (var row in wanted)
        {
            var sql = !stored.TryGetValue((row.Via, row.Value), out var old) ? insert
                : (old.Verified, old.Status, old.VerifiedAt) != (row.Verified, row.Status, row.VerifiedAt) ? update
                : old.Position != row.Position ? move
                : null;
            if (sql is not null && await db.ExecuteAsync(sql, row).ConfigureAwait(false) != 1)
                return false;
        }

        return true;
    }

    public static async Task<bool> WriteRecoveryAsync(DbConnection db, Identity identity, string ids, bool isNew)
    {
        const string delete = "DELETE FROM recovery_addresses WHERE id = @Id";
        const string insert = """
            INSERT INTO recovery_addresses (id, identity_id, via, value, position, created_at, updated_at)
            VALUES (@Id, @IdentityId, @Via, @Value, @Position, @CreatedAt, @UpdatedAt)
            ON CONFLICT DO NOTHING
            """;
        const string move = "UPDATE recovery_addresses SET position = @Position WHERE identity_id = @IdentityId AND via = @Via AND value = @Value";
        var stored = isNew ? [] : (await IdentityLoader.RecoveryAsync(db, ids).ConfigureAwait(false)).ToDictionary(r => (r.Via, r.Value));
        var wanted = identity.RecoveryAddresses.DistinctBy(a => (a.Via, a.Value)).Select((a, position) => RecoveryAddressRow.Of(identity.Id.Text(), a, position)).ToList();
        foreach (var gone in stored.Values.ExceptBy(wanted.Select(w => (w.Via, w.Value)), r => (r.Via, r.Value)))
            await db.ExecuteAsync(delete, new { gone.Id }).ConfigureAwait(false);
        foreach (var row in wanted)
        {
            var sql = !stored.TryGetValue((row.Via, row.Value), out var old) ? insert : old.Position != row.Position ? move : null;
            if (sql is not null && await db.ExecuteAsync(sql, row).ConfigureAwait(false) != 1)
                return false;
        }

        return true;
    }
}
