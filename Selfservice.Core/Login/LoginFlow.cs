using System.Text.Json;
using System.Text.Json.Serialization;
using Selfservice.Flows;
using Selfservice.Sessions;

namespace Selfservice.Login;

/// <summary>Signing in, or proving again who one is.</summary>
public sealed class LoginFlow : EntryFlow
{
    /// <summary>When it was stored.</summary>
    [JsonPropertyName("created_at"), JsonPropertyOrder(10)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [JsonPropertyName("updated_at"), JsonPropertyOrder(11)]
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether somebody who is signed in proves again who they are.</summary>
    [JsonPropertyName("refresh"), JsonPropertyOrder(12)]
    public bool Refresh { get; init; }

    /// <summary>The assurance level that is asked for.</summary>
    [JsonPropertyName("requested_aal"), JsonPropertyOrder(13), JsonConverter(typeof(AssuranceLevelJsonConverter))]
    public AuthenticatorAssuranceLevel RequestedAal { get; init; } = AuthenticatorAssuranceLevel.Aal1;

    /// <summary>Whether signing in adds something to the account: what its owner tried to sign up with.</summary>
    [JsonIgnore]
    public bool LinksAccount => PendingLink.Of(this) is not null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FlowKind Kind => FlowKind.Login;
}

internal sealed class AssuranceLevelJsonConverter : JsonConverter<AuthenticatorAssuranceLevel>
{
    public override AuthenticatorAssuranceLevel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AuthenticatorAssuranceLevels.Parse(reader.GetString() ?? "") ?? throw new JsonException("This is no assurance level.");

    public override void Write(Utf8JsonWriter writer, AuthenticatorAssuranceLevel value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToWireName());
}
