using System.Text.Json;

namespace Selfservice.Courier;

/// <summary>A message on its way, as it is stored. It is written in the transaction of the flow that wants it sent, so that neither exists without the other.</summary>
public sealed record CourierMessage
{
    /// <summary>Its id. Every attempt carries it, so that a receiver can tell repeats.</summary>
    public required Guid Id { get; init; }

    /// <summary>How far it has come.</summary>
    public CourierMessageStatus Status { get; init; }

    /// <summary>The way that it takes.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>The address or number.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject; empty for text messages, and where the content is sealed or was erased.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The plain text; empty where the content is sealed or was erased.</summary>
    public required string Body { get; init; }

    /// <summary>What it is about.</summary>
    public required CourierTemplate Template { get; init; }

    /// <summary>The variables of the template, an object, from which the HTML part is rendered when it is sent; the sealed content where it is sealed, <c>{}</c> once it was erased.</summary>
    public required JsonElement TemplateData { get; init; }

    /// <summary>The headers of the request that caused it, an object of lists of texts; null for none.</summary>
    public JsonElement? RequestHeaders { get; init; }

    /// <summary>The language as a culture's name; null for the default texts.</summary>
    public string? Culture { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int SendCount { get; init; }

    /// <summary>How many attempts failed. An attempt that ended with its host's process counts in <see cref="SendCount"/> only.</summary>
    public int FailureCount { get; init; }

    /// <summary>When its next attempt is due; while it is being sent, when the lease on it ends and another host may try. Null once it was sent or abandoned.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
