using Selfservice.Identities;

namespace Selfservice.Sessions;

/// <summary>One step in which somebody proved who they are.</summary>
public sealed record AuthenticationMethod
{
    /// <summary>The method: <c>password</c>, <c>oidc</c>, <c>totp</c>, …</summary>
    public required string Method { get; init; }

    /// <summary>The assurance level that the step gives.</summary>
    public required AuthenticatorAssuranceLevel Aal { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The provider that vouched; null for a method of our own.</summary>
    public string? Provider { get; init; }

    /// <summary>The organization that it was done for; null for none.</summary>
    public string? Organization { get; init; }
}

/// <summary>A place from which a session was made.</summary>
public sealed record SessionDevice
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The client's address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What the client calls itself, at most 512 bytes; null when it did not say.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Where it is, as a proxy in front of the host says, at most 512 bytes; empty when unknown.</summary>
    public string Location { get; init; } = "";
}

/// <summary>The time during which an identity stays signed in at one client.</summary>
public sealed record Session
{
    /// <summary>Its id, which may be shown; it proves nothing.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid IdentityId { get; init; }

    /// <summary>The identity, where it was loaded.</summary>
    public Identity? Identity { get; init; }

    /// <summary>False once it was revoked.</summary>
    public bool Active { get; init; } = true;

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its owner last proved who they are.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>How it was come by, in order.</summary>
    public required IReadOnlyList<AuthenticationMethod> AuthenticationMethods { get; init; }

    /// <summary>The assurance level that its methods amount to.</summary>
    public AuthenticatorAssuranceLevel Aal { get; init; }

    /// <summary>From where it was made; null where that was not loaded.</summary>
    public IReadOnlyList<SessionDevice>? Devices { get; init; }

    /// <summary>Whether it opens anything at the given time: not revoked, not expired, its identity (where loaded) active.</summary>
    public bool IsActive(DateTimeOffset now) => Active && ExpiresAt > now && Identity is not { State: IdentityState.Inactive };
}
