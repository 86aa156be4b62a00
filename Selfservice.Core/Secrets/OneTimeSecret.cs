namespace Selfservice.Secrets;

/// <summary>A secret that proves something once: a code or a link in a mail, an exchange code of a native client.</summary>
public sealed record OneTimeSecret
{
    /// <summary>Its id, which proves nothing.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for; named by the part that issues it.</summary>
    public required string Purpose { get; init; }

    /// <summary>The keyed hash of the secret, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Mac { get; init; }

    /// <summary>The flow it belongs to; null for none. It is deleted with the flow.</summary>
    public Guid? FlowId { get; init; }

    /// <summary>The identity it belongs to; null for none. It is deleted with the identity.</summary>
    public Guid? IdentityId { get; init; }

    /// <summary>What it proves, usually an address; empty for nothing.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it stops to work.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used; null while it is open.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}
