using System.Data.Common;
using Dapper;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

/// <summary>What makes an address one: no two identities have the same.</summary>
/// <param name="Purpose">What it is for: <c>verification</c> or <c>recovery</c>.</param>
/// <param name="Via">Its channel.</param>
/// <param name="Value">The normalised address.</param>
internal readonly record struct AddressKey(string Purpose, string Via, string Value)
{
    public static IEnumerable<AddressKey> Of(Identity identity) =>
    [
        .. identity.VerifiableAddresses.Select(a => new AddressKey("verification", a.Via, a.Value)),
        .. identity.RecoveryAddresses.Select(a => new AddressKey("recovery", a.Via, a.Value)),
    ];
}

/// <summary>Writes the addresses of an identity. An address is the same when channel and value are: it keeps its id and its time of creation, and unchanged its time of change.</summary>
internal static class AddressWriter
{
    /// <summary>The identity with its addresses as they are to be stored: each once, and what stays the same as it is stored.</summary>
    public static Identity Merge(Identity identity, IReadOnlyList<VerifiableAddress> storedVerifiable, IReadOnlyList<RecoveryAddress> storedRecovery) => identity with
    {
        VerifiableAddresses = [.. identity.VerifiableAddresses.DistinctBy(a => (a.Via, a.Value)).Select(a => Merge(a, storedVerifiable.FirstOrDefault(s => (s.Via, s.Value) == (a.Via, a.Value))))],
        RecoveryAddresses = [.. identity.RecoveryAddresses.DistinctBy(a => (a.Via, a.Value)).Select(a => storedRecovery.FirstOrDefault(s => (s.Via, s.Value) == (a.Via, a.Value)) ?? a)],
    };

    /// <summary>Notes who has which address. False when another identity has one of them.</summary>
    public static async Task<bool> WriteKeysAsync(DbConnection db, Identity identity, IReadOnlyCollection<AddressKey> stored)
    {
        const string delete = "DELETE FROM addresses WHERE purpose = @Purpose AND via = @Via AND value = @Value";
        const string insert = "INSERT INTO addresses (purpose, via, value, identity_id) VALUES (@Purpose, @Via, @Value, @IdentityId) ON CONFLICT DO NOTHING";
        var wanted = AddressKey.Of(identity).ToList();
        foreach (var gone in stored.Except(wanted))
            await db.ExecuteAsync(delete, gone).ConfigureAwait(false);
        foreach (var added in wanted.Except(stored))
        {
            if (await db.ExecuteAsync(insert, new { added.Purpose, added.Via, added.Value, IdentityId = identity.Id.Text() }).ConfigureAwait(false) != 1)
                return false;
        }

        return true;
    }

    private static VerifiableAddress Merge(VerifiableAddress address, VerifiableAddress? stored) =>
        stored is null ? address
        : (stored.Verified, stored.Status, stored.VerifiedAt.Milliseconds()) == (address.Verified, address.Status, address.VerifiedAt.Milliseconds()) ? stored
        : address with { Id = stored.Id, CreatedAt = stored.CreatedAt };
}
