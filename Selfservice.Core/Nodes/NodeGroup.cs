using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>The group of a node: usually the method that it belongs to. The set is open.</summary>
/// <param name="Name">The name on the wire, lower case.</param>
[JsonConverter(typeof(NodeGroupJsonConverter))]
public readonly record struct NodeGroup(string Name)
{
    /// <summary>Nodes that every method shares: the CSRF token, the identifier, traits.</summary>
    public static NodeGroup Default { get; } = new("default");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

internal sealed class NodeGroupJsonConverter : JsonConverter<NodeGroup>
{
    public override NodeGroup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "default");

    public override void Write(Utf8JsonWriter writer, NodeGroup value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
