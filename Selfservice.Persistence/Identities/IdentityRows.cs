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
        CreatedAt = identity.CreatedAt.Milliseconds(),
        UpdatedAt = identity.UpdatedAt.Milliseconds(),
    };

    public Identity ToIdentity(IReadOnlyList<VerifiableAddress> verifiable, IReadOnlyList<RecoveryAddress> recovery, IReadOnlyList<Credential>? credentials) => new()
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
        VerifiableAddresses = verifiable,
        RecoveryAddresses = recovery,
        Credentials = credentials,
    };
}

internal sealed class VerifiableAddressRow
{
    public string IdentityId { get; init; } = "";

    public string Id { get; init; } = "";

    public string Via { get; init; } = "";

    public string Value { get; init; } = "";

    public long Verified { get; init; }

    public string Status { get; init; } = "";

    public long? VerifiedAt { get; init; }

    public long Position { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public static VerifiableAddressRow Of(string identityId, VerifiableAddress address, int position) => new()
    {
        IdentityId = identityId,
        Id = address.Id.Text(),
        Via = address.Via,
        Value = address.Value,
        Verified = address.Verified ? 1 : 0,
        Status = address.Status.Name(),
        VerifiedAt = address.VerifiedAt.Milliseconds(),
        Position = position,
        CreatedAt = address.CreatedAt.Milliseconds(),
        UpdatedAt = address.UpdatedAt.Milliseconds(),
    };

    public VerifiableAddress ToAddress() => new()
    {
        Id = Id.ToId(),
        Via = Via,
        Value = Value,
        Verified = Verified != 0,
        Status = Status.ToVerificationStatus(),
        VerifiedAt = VerifiedAt.ToTime(),
        CreatedAt = CreatedAt.ToTime(),
        UpdatedAt = UpdatedAt.ToTime(),
    };
}

internal sealed class RecoveryAddressRow
{
    public string IdentityId { get; init; } = "";

    public string Id { get; init; } = "";

    public string Via { get; init; } = "";

    public string Value { get; init; } = "";

    public long Position { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public static RecoveryAddressRow Of(string identityId, RecoveryAddress address, int position) => new()
    {
        IdentityId = identityId,
        Id = address.Id.Text(),
        Via = address.Via,
        Value = address.Value,
        Position = position,
        CreatedAt = address.CreatedAt.Milliseconds(),
        UpdatedAt = address.UpdatedAt.Milliseconds(),
    };

    public RecoveryAddress ToAddress() => new()
    {
        Id = Id.ToId(),
        Via = Via,
        Value = Value,
        CreatedAt = CreatedAt.ToTime(),
        UpdatedAt = UpdatedAt.ToTime(),
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
