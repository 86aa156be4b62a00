using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Selfservice.Flows;
using Selfservice.Identities;

namespace Selfservice.Settings;

/// <summary>Changing one's own account. It may be submitted again and again until it expires.</summary>
public sealed class SettingsFlow : Flow
{
    /// <summary>The account as its owner sees it. It is put in when the flow is answered and never stored with it, so that it is never out of date.</summary>
    [JsonPropertyName("identity"), JsonPropertyOrder(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Identity { get; internal set; }

    /// <summary>Whose account it is.</summary>
    [JsonIgnore]
    public Guid IdentityId
    {
        get => Context["identity_id"] is { } id && Guid.TryParse((string?)id, out var value) ? value : Guid.Empty;
        init => Context["identity_id"] = value.ToString();
    }

    /// <summary>The account itself, with credentials; set while a submission is looked at.</summary>
    [JsonIgnore]
    internal Identity? Owner { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Settings;
}
