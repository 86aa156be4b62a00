using Microsoft.Data.Sqlite;
using Selfservice.Identities;
using Selfservice.Persistence.Identities;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>
/// Reads a session with its identity, addresses and devices. It runs on every request that a host authenticates, so it reads by ordinal from two prepared statements instead of mapping by name.
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
        SELECT 0, position, id, via, value, verified, status, verified_at, created_at, updated_at FROM verifiable_addresses WHERE identity_id = @identity_id
        UNION ALL
        SELECT 1, position, id, via, value, 0, '', NULL, created_at, updated_at FROM recovery_addresses WHERE identity_id = @identity_id
        UNION ALL
        SELECT 2, position, id, ip_address, user_agent, 0, location, NULL, 0, 0 FROM session_devices WHERE session_id = @session_id
        LIMIT 1000
        """;

    public static Session? Single(StoreConnection connection, SqliteCommand command)
    {
        Session session;
        IdentityRow identity;
        using (var reader = command.ExecuteReader())
        {
            if (!reader.Read())
                return null;
            session = ReadSession(reader);
            identity = ReadIdentity(reader);
        }

        return WithBelongings(connection, session, identity);
    }

    private static Session ReadSession(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0).ToId(),
        IdentityId = reader.GetString(1).ToId(),
        Active = reader.GetInt64(2) != 0,
        ExpiresAt = reader.GetInt64(3).ToTime(),
        AuthenticatedAt = reader.GetInt64(4).ToTime(),
        IssuedAt = reader.GetInt64(5).ToTime(),
        Aal = (AuthenticatorAssuranceLevel)reader.GetInt64(6),
        AuthenticationMethods = AuthenticationMethods.Read(reader.GetString(7)),
    };

    private static IdentityRow ReadIdentity(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(1),
        SchemaId = reader.GetString(8),
        Traits = reader.GetString(9),
        State = reader.GetString(10),
        StateChangedAt = reader.NumberOrNull(11),
        ExternalId = reader.TextOrNull(12),
        MetadataPublic = reader.TextOrNull(13),
        MetadataAdmin = reader.TextOrNull(14),
        OrganizationId = reader.TextOrNull(15),
        CreatedAt = reader.GetInt64(16),
        UpdatedAt = reader.GetInt64(17),
    };

    private static Session WithBelongings(StoreConnection connection, Session session, IdentityRow identity)
    {
        List<(long Position, VerifiableAddress Address)> verifiable = [];
        List<(long Position, RecoveryAddress Address)> recovery = [];
        List<(long Position, SessionDevice Device)> devices = [];
        var command = connection.Prepared(Belongings).With("@identity_id", identity.Id).With("@session_id", session.Id.Text());
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var position = reader.GetInt64(1);
                if (reader.GetInt64(0) == 0)
                    verifiable.Add((position, ReadVerifiable(reader)));
                else if (reader.GetInt64(0) == 1)
                    recovery.Add((position, ReadRecovery(reader)));
                else
                    devices.Add((position, ReadDevice(reader)));
            }
        }

        return session with { Identity = identity.ToIdentity(Ordered(verifiable), Ordered(recovery), []), Devices = Ordered(devices) };
    }

    private static VerifiableAddress ReadVerifiable(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(2).ToId(),
        Via = reader.GetString(3),
        Value = reader.GetString(4),
        Verified = reader.GetInt64(5) != 0,
        Status = reader.GetString(6).ToVerificationStatus(),
        VerifiedAt = reader.NumberOrNull(7).ToTime(),
        CreatedAt = reader.GetInt64(8).ToTime(),
        UpdatedAt = reader.GetInt64(9).ToTime(),
    };

    private static RecoveryAddress ReadRecovery(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(2).ToId(),
        Via = reader.GetString(3),
        Value = reader.GetString(4),
        CreatedAt = reader.GetInt64(8).ToTime(),
        UpdatedAt = reader.GetInt64(9).ToTime(),
    };

    private static SessionDevice ReadDevice(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(2).ToId(),
        IpAddress = reader.TextOrNull(3),
        UserAgent = reader.TextOrNull(4),
        Location = reader.GetString(6),
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
