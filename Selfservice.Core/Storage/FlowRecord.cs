using Selfservice.Flows;

namespace Selfservice.Storage;

/// <summary>A flow as it is stored: what queries and rules need in columns, everything else in two documents.</summary>
public sealed record FlowRecord
{
    /// <summary>The flow's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>Who performs it.</summary>
    public required ClientType ClientType { get; init; }

    /// <summary>When it can no longer be submitted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was completed; null while it is open. A completed flow is never opened again.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The 32 bytes that the browser's CSRF cookie must hold; empty for a native client.</summary>
    public required ReadOnlyMemory<byte> CsrfSecret { get; init; }

    /// <summary>The flow as clients see it, UTF-8 JSON: it is answered as it is stored.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>What methods keep beside it and nobody sees, UTF-8 JSON; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }
}
