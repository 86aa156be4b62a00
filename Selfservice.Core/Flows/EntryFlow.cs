using System.Text.Json.Serialization;

namespace Selfservice.Flows;

/// <summary>A flow by which somebody comes in: a login or a registration.</summary>
public abstract class EntryFlow : Flow
{
    /// <summary>The organization that it is for; null for none.</summary>
    [JsonPropertyName("organization_id"), JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Guid? OrganizationId { get; init; }

    /// <summary>The identity schema that it was asked to use; null for the default.</summary>
    [JsonPropertyName("identity_schema"), JsonPropertyOrder(21), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentitySchema { get; init; }

    /// <summary>The code by which a native client fetches the session that a browser gets for it; shown once, in the answer that creates the flow.</summary>
    [JsonPropertyName("session_token_exchange_code"), JsonPropertyOrder(23), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SessionTokenExchangeCode { get; set; }

    /// <summary>The flow that <see cref="SessionTokenExchangeCode"/> was given out with: this one or the one that it came of; null without a code.</summary>
    [JsonIgnore]
    public Guid? ExchangeFlowId
    {
        get => Context[ExchangeMember] is { } id && Guid.TryParse((string?)id, out var value) ? value : null;
        internal set => Context[ExchangeMember] = value?.ToString();
    }

    private const string ExchangeMember = "exchange_flow_id";

    /// <summary>Whether the session goes to the native client that waits for it, and not to the browser that is here.</summary>
    [JsonIgnore]
    internal bool HandsOver => ComesBack && ClientType == ClientType.Api && ExchangeFlowId is not null;
}
