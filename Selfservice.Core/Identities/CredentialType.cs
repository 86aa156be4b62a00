using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Identities;

/// <summary>What kind of proof a credential is: <c>password</c>, <c>oidc</c>, … The set is open; the method that owns a type names it.</summary>
/// <param name="Name">The name on the wire, lower case.</param>
[JsonConverter(typeof(CredentialTypeJsonConverter))]
public readonly record struct CredentialType(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

internal sealed class CredentialTypeJsonConverter : JsonConverter<CredentialType>
{
    public override CredentialType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, CredentialType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
