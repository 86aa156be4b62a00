using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Strategies;

/// <summary>The name of a method: <c>password</c>, <c>oidc</c>, <c>profile</c>, … The set is open.</summary>
/// <param name="Name">The name on the wire, lower case.</param>
[JsonConverter(typeof(MethodIdJsonConverter))]
public readonly record struct MethodId(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

internal sealed class MethodIdJsonConverter : JsonConverter<MethodId>
{
    public override MethodId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, MethodId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
