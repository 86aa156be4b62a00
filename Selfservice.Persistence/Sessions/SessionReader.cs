using Selfservice.Identities;
using Selfservice.Persistence.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>
/// Reads a session with its identity and the identity's addresses: two rows, one page each. It runs on every request that a host authenticates, so it reads by position from a prepared statement
/// instead of mapping by name.
/// </summary>
internal static class SessionReader
{
    public const string Selected = """
        SELECT s.id, s.active, s.expires_at, s.authenticated_at, s.issued_at, s.aal, s.methods, s.devices,
            i.id, i.schema_id, i.traits, i.state, i.state_changed_at, i.external_id, i.metadata_public, i.metadata_admin, i.organization_id,
            i.verifiable_addresses, i.recovery_addresses, i.created_at, i.updated_at
        FROM sessions s JOIN identities i ON i.number = s.identity_number
        """;

    /// <summary>The session of a row of <see cref="Selected"/>.</summary>
    public static Session Read(in Statement row)
    {
        var identity = ReadIdentity(row);
        return new()
        {
            Id = row.Id(0),
            IdentityId = identity.Id,
            Identity = identity,
            Active = row.Number(1) != 0,
            ExpiresAt = row.Time(2),
            AuthenticatedAt = row.Time(3),
            IssuedAt = row.Time(4),
            Aal = (AuthenticatorAssuranceLevel)row.Number(5),
            AuthenticationMethods = SessionDocuments.ReadMethods(row.Bytes(6)),
            Devices = SessionDocuments.ReadDevices(row.Bytes(7)),
        };
    }

    private static Identity ReadIdentity(in Statement row) => new()
    {
        Id = row.Id(8),
        SchemaId = row.Text(9),
        Traits = row.Json(10),
        State = row.Text(11).ToIdentityState(),
        StateChangedAt = row.TimeOrNull(12),
        ExternalId = row.TextOrNull(13),
        MetadataPublic = row.JsonOrNull(14),
        MetadataAdmin = row.JsonOrNull(15),
        OrganizationId = row.IdOrNull(16),
        VerifiableAddresses = AddressDocuments.ReadVerifiable(row.Bytes(17)),
        RecoveryAddresses = AddressDocuments.ReadRecovery(row.Bytes(18)),
        CreatedAt = row.Time(19),
        UpdatedAt = row.Time(20),
        Credentials = null,
    };
}
