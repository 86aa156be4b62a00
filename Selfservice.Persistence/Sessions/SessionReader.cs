using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>
/// Reads a session with its identity and the identity's addresses. It runs on every request that a host authenticates, so it reads by position from two prepared statements instead of mapping by name.
/// </summary>
internal static class SessionReader
{
    public const string Selected = """
        SELECT s.id, s.identity_id, s.active, s.expires_at, s.authenticated_at, s.issued_at, s.aal, s.methods,
            i.schema_id, i.traits, i.state, i.state_changed_at, i.external_id, i.metadata_public, i.metadata_admin, i.organization_id, i.created_at, i.updated_at,
            s.devices
        FROM sessions s JOIN identities i ON i.id = s.identity_id
        """;

    // A limit on each part: nobody has as many addresses, and a mistake must not slow every request.
    private const string Addresses = """
        SELECT 0, position, id, via, value, verified, status, verified_at, created_at, updated_at FROM verifiable_addresses WHERE identity_id = ?1
        UNION ALL
        SELECT 1, position, id, via, value, 0, '', NULL, created_at, updated_at FROM recovery_addresses WHERE identity_id = ?1
        LIMIT 1000
        """;

    /// <summary>The session of a row of <see cref="Selected"/>.</summary>
    public static Session Read(StoreConnection connection, in Statement row)
    {
        var identityId = row.Id(1);
        List<(long Position, VerifiableAddress Address)> verifiable = [];
        List<(long Position, RecoveryAddress Address)> recovery = [];
        using (var part = connection.Run(Addresses))
        {
            part.Bind(1, identityId);
            while (part.Step())
            {
                var position = part.Number(1);
                if (part.Number(0) == 0)
                    verifiable.Add((position, ReadVerifiable(part)));
                else
                    recovery.Add((position, ReadRecovery(part)));
            }
        }

        return ReadSession(row, ReadIdentity(row, identityId, Ordered(verifiable), Ordered(recovery)));
    }

    private static Session ReadSession(in Statement row, Identity identity) => new()
    {
        Id = row.Id(0),
        IdentityId = identity.Id,
        Identity = identity,
        Active = row.Number(2) != 0,
        ExpiresAt = row.Time(3),
        AuthenticatedAt = row.Time(4),
        IssuedAt = row.Time(5),
        Aal = (AuthenticatorAssuranceLevel)row.Number(6),
        AuthenticationMethods = SessionDocuments.ReadMethods(row.Bytes(7)),
        Devices = SessionDocuments.ReadDevices(row.Bytes(18)),
    };

    private static Identity ReadIdentity(in Statement row, Guid id, VerifiableAddress[] verifiable, RecoveryAddress[] recovery) => new()
    {
        Id = id,
        SchemaId = row.Text(8),
        Traits = row.Json(9),
        State = row.Text(10).ToIdentityState(),
        StateChangedAt = row.TimeOrNull(11),
        ExternalId = row.TextOrNull(12),
        MetadataPublic = row.JsonOrNull(13),
        MetadataAdmin = row.JsonOrNull(14),
        OrganizationId = row.IdOrNull(15),
        CreatedAt = row.Time(16),
        UpdatedAt = row.Time(17),
        VerifiableAddresses = verifiable,
        RecoveryAddresses = recovery,
        Credentials = null,
    };

    private static VerifiableAddress ReadVerifiable(in Statement row) => new()
    {
        Id = row.Id(2),
        Via = row.Text(3),
        Value = row.Text(4),
        Verified = row.Number(5) != 0,
        Status = row.Text(6).ToVerificationStatus(),
        VerifiedAt = row.TimeOrNull(7),
        CreatedAt = row.Time(8),
        UpdatedAt = row.Time(9),
    };

    private static RecoveryAddress ReadRecovery(in Statement row) => new()
    {
        Id = row.Id(2),
        Via = row.Text(3),
        Value = row.Text(4),
        CreatedAt = row.Time(8),
        UpdatedAt = row.Time(9),
    };

    private static T[] Ordered<T>(List<(long Position, T Item)> items)
    {
        if (items.Count > 1)
            items.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        var result = new T[items.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = items[i].Item;
        return result;
    }
}
