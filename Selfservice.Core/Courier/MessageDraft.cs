using System.Text.Json.Nodes;

namespace Selfservice.Courier;

/// <summary>What a flow wants to tell somebody; the courier makes the message of it.</summary>
public sealed record MessageDraft
{
    /// <summary>What it is about.</summary>
    public required CourierTemplate Template { get; init; }

    /// <summary>The way that it takes.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>The address or number.</summary>
    public required string Recipient { get; init; }

    /// <summary>The variables of the template, by their names on the wire (<c>recovery_code</c>, <c>expires_in_minutes</c>, …). The courier adds <c>to</c>.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>The headers of the request that caused it, already filtered, each a list of texts, for the payload of HTTP channels; null for none.</summary>
    public JsonObject? RequestHeaders { get; init; }

    /// <summary>The language as a culture's name, such as <c>de-AT</c>; null for the default texts.</summary>
    public string? Culture { get; init; }
}
