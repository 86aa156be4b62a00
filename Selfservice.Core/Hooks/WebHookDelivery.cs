namespace Selfservice.Hooks;

/// <summary>A call of a web hook that nobody waits for, kept until it has been made.</summary>
public sealed record WebHookDelivery
{
    /// <summary>Its id, which every attempt carries as idempotency key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which configured hook it is for. Address and secrets stay in configuration.</summary>
    public required string Target { get; init; }

    /// <summary>The body, sealed; empty once it was given up.</summary>
    public required string Body { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed; null before one did.</summary>
    public string? Fault { get; init; }

    /// <summary>When the next attempt is due, or the lease of the running one ends; null when it was given up.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
