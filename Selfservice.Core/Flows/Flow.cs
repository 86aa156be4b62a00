using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Selfservice.Nodes;
using Selfservice.Strategies;

namespace Selfservice.Flows;

/// <summary>
/// One performance of a self-service flow. Its JSON members are exactly what clients see; what only the server may know is not serialized with it
/// and kept beside it.
/// </summary>
public abstract class Flow
{
    /// <summary>Its id. It proves nothing: a browser's flow is bound to that browser's CSRF cookie.</summary>
    [JsonPropertyName("id"), JsonPropertyOrder(0)]
    public required Guid Id { get; init; }

    /// <summary>Who performs it.</summary>
    [JsonPropertyName("type"), JsonPropertyOrder(2)]
    public required ClientType ClientType { get; init; }

    /// <summary>When it can no longer be submitted.</summary>
    [JsonPropertyName("expires_at"), JsonPropertyOrder(3)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it began.</summary>
    [JsonPropertyName("issued_at"), JsonPropertyOrder(4)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The URL that it began with.</summary>
    [JsonPropertyName("request_url"), JsonPropertyOrder(5)]
    public required string RequestUrl { get; init; }

    /// <summary>Where the browser is to end, as asked for; null for the configured place.</summary>
    [JsonPropertyName("return_to"), JsonPropertyOrder(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReturnTo { get; init; }

    /// <summary>The method that ran last; null before one did.</summary>
    [JsonPropertyName("active"), JsonPropertyOrder(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MethodId? Active { get; set; }

    /// <summary>Its form.</summary>
    [JsonPropertyName("ui"), JsonPropertyOrder(8)]
    public required UiContainer Ui { get; init; }

    /// <summary>How far it has come.</summary>
    [JsonPropertyName("state"), JsonPropertyOrder(20)]
    public FlowState State { get; set; } = FlowState.ChooseMethod;

    /// <summary>What the client sent along for hooks, shown once in the answer to a step and never stored.</summary>
    [JsonPropertyName("transient_payload"), JsonPropertyOrder(22), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? TransientPayload { get; set; }

    /// <summary>What the client is to do next, in order; shown once, in the answer to a submission, and never stored.</summary>
    [JsonPropertyName("continue_with"), JsonPropertyOrder(24), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonArray? ContinueWith { get; set; }

    /// <summary>What it is for.</summary>
    [JsonIgnore]
    public abstract FlowKind Kind { get; }

    /// <summary>The 32 bytes that the browser's CSRF cookie must hold; empty for a native client.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> CsrfSecret { get; set; }

    /// <summary>When it was completed; null while it is open.</summary>
    [JsonIgnore]
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Whether what is being looked at was brought back from elsewhere: then its sender is a browser, whoever began the flow.</summary>
    [JsonIgnore]
    internal bool ComesBack { get; set; }

    /// <summary>Whether whoever sends a request about it may not see it: then the answer holds nothing of what its owner typed, and nothing is stored.</summary>
    [JsonIgnore]
    internal bool IsForeign { get; set; }

    /// <summary>The method that takes part in what is being done; null before one is found.</summary>
    [JsonIgnore]
    internal MethodId? Performer { get; set; }

    /// <summary>What methods keep beside the flow and nobody else sees, by method.</summary>
    [JsonIgnore]
    public JsonObject Context { get; set; } = [];
}
