using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>
/// Reads a session with its identity, addresses and devices. It runs on every request that a host authenticates, so it reads by position from two prepared statements instead of mapping by name.
/// </summary>
internal static class SessionReader
{
    public const string Selected = """
        SELECT s.id, s.identity_id, s.active, s.expires_at, s.authenticated_at, s.issued_at, s.aal, s.methods,
            i.schema_id, i.traits, i.state, i.state_changed_at, i.external_id, i.metadata_public, i.metadata_admin, i.organization_id, i.created_at, i.updated_at
        FROM sessions s JOIN identities i ON i.id = s.identity_id
        """;

    // A limit on each part: nobody has as many addresses or devices, and a mistake must not slow every request.
    private const string Belongings = """
        SELECT 0, position, id, via, value, verified, status, verified_at, created_at, updated_at FROM verifiable_addresses WHERE identity_id = ?1
        UNION ALL
        SELECT 1, position, id, via, value, 0, '', NULL, created_at, updated_at FROM recovery_addresses WHERE identity_id = ?1
        UNION ALL
        SELECT 2, position, id, ip_address, user_agent, 0, location, NULL, 0, 0 FROM session_devices WHERE session_id = ?2
        LIMIT 1000
        """;

    /// <summary>The session of a row of <see cref="Selected"/>.</summary>
    public static Session Read(StoreConnection connection, in Statement row)
    {
        var (id, identityId) = (row.Id(0), row.Id(1));
        List<(long Position, VerifiableAddress Address)> verifiable = [];
        List<(long Position, RecoveryAddress Address)> recovery = [];
        List<(long Position, SessionDevice Device)> devices = [];
        using (var part = connection.Run(Belongings))
        {
            part.Bind(1, identityId);
            part.Bind(2, id);
            while (part.Step())
            {
                var position = part.Number(1);
                if (part.Number(0) == 0)
                    verifiable.Add((position, ReadVerifiable(part)));
                else if (part.Number(0) == 1)
                    recovery.Add((position, ReadRecovery(part)));
                else
                    devices.Add((position, ReadDevice(part)));
            }
        }

        return ReadSession(row, id, ReadIdentity(row, identityId, Ordered(verifiable), Ordered(recovery)), Ordered(devices));
    }

    private static Session ReadSession(in Statement row, Guid id, Identity identity, SessionDevice[] devices) => new()
    {
        Id = id,
        IdentityId = identity.Id,
        Identity = identity,
        Active = row.Number(2) != 0,
        ExpiresAt = row.Time(3),
        AuthenticatedAt = row.Time(4),
        IssuedAt = row.Time(5),
        Aal = (AuthenticatorAssuranceLevel)row.Number(6),
        AuthenticationMethods = AuthenticationMethods.Read(row.Bytes(7)),
        Devices = devices,
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

    private static SessionDevice ReadDevice(in Statement row) => new()
    {
        Id = row.Id(2),
        IpAddress = row.TextOrNull(3),
        UserAgent = row.TextOrNull(4),
        Location = row.Text(6),
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
