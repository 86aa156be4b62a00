namespace Selfservice.Identities;

/// <summary>How far the proof of an address has come.</summary>
public enum VerificationStatus
{
    /// <summary>Nothing was sent yet.</summary>
    Pending,

    /// <summary>A link or a code was sent.</summary>
    Sent,

    /// <summary>The address is proven.</summary>
    Completed,
}

/// <summary>An address that its owner can prove.</summary>
public sealed record VerifiableAddress
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The normalised address.</summary>
    public required string Value { get; init; }

    /// <summary>The channel: <c>email</c> or <c>sms</c>.</summary>
    public required string Via { get; init; }

    /// <summary>Whether it is proven.</summary>
    public bool Verified { get; init; }

    /// <summary>How far its proof has come.</summary>
    public VerificationStatus Status { get; init; }

    /// <summary>When it was proven; null when it never was.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An address through which its owner gets back into the account.</summary>
public sealed record RecoveryAddress
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The normalised address.</summary>
    public required string Value { get; init; }

    /// <summary>The channel: <c>email</c> or <c>sms</c>.</summary>
    public required string Via { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
