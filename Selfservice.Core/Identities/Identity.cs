using System.Diagnostics.CodeAnalysis;
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
    private readonly IReadOnlyList<Credential>? _credentials = [];

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

    /// <summary>
    /// Its credentials. A store that was not asked for them sets null; reading them then fails, so that nobody takes what was not loaded for what is not there, and stores it.
    /// </summary>
    /// <exception cref="InvalidOperationException">They were not loaded.</exception>
    [AllowNull]
    public IReadOnlyList<Credential> Credentials
    {
        get => _credentials ?? throw new InvalidOperationException($"The credentials of identity {Id} were not loaded; ask the store for them.");
        init => _credentials = value;
    }

    /// <summary>Whether <see cref="Credentials"/> can be read.</summary>
    public bool HasCredentials => _credentials is not null;

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

    /// <summary>Its id alone: who writes an identity into a log by mistake writes no personal data.</summary>
    public override string ToString() => $"Identity {Id}";

    /// <summary>Its credential of the given type; null without one.</summary>
    /// <exception cref="InvalidOperationException">The credentials were not loaded.</exception>
    public Credential? Credential(CredentialType type) => Credentials.FirstOrDefault(c => c.Type == type);
}
