using System.Text.Json;

namespace Selfservice.Identities;

/// <summary>Whether an identity may sign in.</summary>
public enum IdentityState
{
    /// <summary>It may.</summary>
    Active,

    /// <summary>It may not, and its sessions count as ended until it is active again.</summary>
    Inactive,
}

/// <summary>A person or a thing with an account.</summary>
public sealed record Identity
{
    /// <summary>Its id, given by the server.</summary>
    public required Guid Id { get; init; }

    /// <summary>The id of the schema that its traits follow.</summary>
    public required string SchemaId { get; init; }

    /// <summary>What is known about it, as submitted; an object.</summary>
    public required JsonElement Traits { get; init; }

    /// <summary>An id in another system, unique and case-sensitive; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether it may sign in.</summary>
    public IdentityState State { get; init; }

    /// <summary>When <see cref="State"/> was last set.</summary>
    public DateTimeOffset? StateChangedAt { get; init; }

    /// <summary>The addresses that it can prove.</summary>
    public IReadOnlyList<VerifiableAddress> VerifiableAddresses { get; init; } = [];

    /// <summary>The addresses that let it back in.</summary>
    public IReadOnlyList<RecoveryAddress> RecoveryAddresses { get; init; } = [];

    /// <summary>Its credentials; empty where they were not asked for.</summary>
    public IReadOnlyList<Credential> Credentials { get; init; } = [];

    /// <summary>Any JSON that its owner may read; null for none.</summary>
    public JsonElement? MetadataPublic { get; init; }

    /// <summary>Any JSON that only administrators may read; null for none.</summary>
    public JsonElement? MetadataAdmin { get; init; }

    /// <summary>The organization that it belongs to; null for none.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The identity with one of its addresses proven; the same when it has no such address.</summary>
    public Identity WithProven(string via, string value, DateTimeOffset now) => this with
    {
        VerifiableAddresses = [.. VerifiableAddresses.Select(a => a.Via == via && a.Value == value
            ? a with { Verified = true, Status = VerificationStatus.Completed, VerifiedAt = now, UpdatedAt = now } : a)],
    };

    /// <summary>The identity with one of its addresses marked as written to; a proven one stays proven.</summary>
    public Identity WithSent(string via, string value, DateTimeOffset now) => this with
    {
        VerifiableAddresses = [.. VerifiableAddresses.Select(a => a.Via == via && a.Value == value && a.Status == VerificationStatus.Pending
            ? a with { Status = VerificationStatus.Sent, UpdatedAt = now } : a)],
    };

    /// <summary>Its credential of the given type; null without one.</summary>
    public Credential? Credential(CredentialType type) => Credentials.FirstOrDefault(c => c.Type == type);
}
