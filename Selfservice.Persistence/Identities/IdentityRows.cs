using System.Text;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

internal sealed class IdentityRow
{
    public string Id { get; init; } = "";

    public string SchemaId { get; init; } = "";

    public string Traits { get; init; } = "";

    public string State { get; init; } = "";

    public long? StateChangedAt { get; init; }

    public string? ExternalId { get; init; }

    public string? MetadataPublic { get; init; }

    public string? MetadataAdmin { get; init; }

    public string? OrganizationId { get; init; }

    public string VerifiableAddresses { get; init; } = "";

    public string RecoveryAddresses { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public static IdentityRow Of(Identity identity) => new()
    {
        Id = identity.Id.Text(),
        SchemaId = identity.SchemaId,
        Traits = identity.Traits.GetRawText(),
        State = identity.State.Name(),
        StateChangedAt = identity.StateChangedAt.Milliseconds(),
        ExternalId = identity.ExternalId,
        MetadataPublic = identity.MetadataPublic?.GetRawText(),
        MetadataAdmin = identity.MetadataAdmin?.GetRawText(),
        OrganizationId = identity.OrganizationId.Text(),
        VerifiableAddresses = AddressDocuments.Write(identity.VerifiableAddresses),
        RecoveryAddresses = AddressDocuments.Write(identity.RecoveryAddresses),
        CreatedAt = identity.CreatedAt.Milliseconds(),
        UpdatedAt = identity.UpdatedAt.Milliseconds(),
    };

    public Identity ToIdentity(IReadOnlyList<Credential>? credentials) => new()
    {
        Id = Id.ToId(),
        SchemaId = SchemaId,
        Traits = Traits.ToJson(),
        State = State.ToIdentityState(),
        StateChangedAt = StateChangedAt.ToTime(),
        ExternalId = ExternalId,
        MetadataPublic = MetadataPublic.ToJsonOrNull(),
        MetadataAdmin = MetadataAdmin.ToJsonOrNull(),
        OrganizationId = OrganizationId.ToIdOrNull(),
        CreatedAt = CreatedAt.ToTime(),
        UpdatedAt = UpdatedAt.ToTime(),
        VerifiableAddresses = AddressDocuments.ReadVerifiable(Encoding.UTF8.GetBytes(VerifiableAddresses)),
        RecoveryAddresses = AddressDocuments.ReadRecovery(Encoding.UTF8.GetBytes(RecoveryAddresses)),
        Credentials = credentials,
    };
}

internal sealed class CredentialRow
{
    public string IdentityId { get; init; } = "";

    public string Type { get; init; } = "";

    public string Config { get; init; } = "";

    public long Version { get; init; }

    public long Position { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public static CredentialRow Of(string identityId, Credential credential, int position) => new()
    {
        IdentityId = identityId,
        Type = credential.Type.Name,
        Config = credential.Config.GetRawText(),
        Version = credential.Version,
        Position = position,
        CreatedAt = credential.CreatedAt.Milliseconds(),
        UpdatedAt = credential.UpdatedAt.Milliseconds(),
    };

    public Credential ToCredential(IReadOnlyList<string> identifiers) => new()
    {
        Type = new CredentialType(Type),
        Identifiers = identifiers,
        Config = Config.ToJson(),
        Version = (int)Version,
        CreatedAt = CreatedAt.ToTime(),
        UpdatedAt = UpdatedAt.ToTime(),
    };
}

internal sealed class IdentifierRow
{
    public string IdentityId { get; init; } = "";

    public string Type { get; init; } = "";

    public string Identifier { get; init; } = "";
}
