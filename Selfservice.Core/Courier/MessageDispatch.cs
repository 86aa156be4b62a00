using Selfservice.Errors;

namespace Selfservice.Courier;

/// <summary>How one attempt to send a message ended.</summary>
public sealed record MessageDispatch
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Why it failed (code, message and reason are kept); null when the message was sent.</summary>
    public ErrorObject? Error { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
