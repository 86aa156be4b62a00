using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Selfservice.Nodes;

/// <summary>The nodes of a form, in order.</summary>
public sealed class NodeList : Collection<UiNode>
{
    /// <summary>The place of the first node with the given key; −1 without one.</summary>
    public int IndexOf(string key)
    {
        for (var i = 0; i < Count; i++)
            if (this[i].Key == key)
                return i;
        return -1;
    }

    /// <summary>The first node with the given key; null without one.</summary>
    public UiNode? Find(string key) => IndexOf(key) is var i and >= 0 ? this[i] : null;

    /// <summary>Puts the node in the place of the first one with its key and, for a submit button, its value; adds it at the end when there is none.</summary>
    public void Upsert(UiNode node)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!IsSame(this[i], node))
                continue;
            this[i] = node;
            return;
        }

        Add(node);
    }

    /// <summary>Removes every node that the condition holds for.</summary>
    public void RemoveAll(Predicate<UiNode> condition)
    {
        for (var i = Count - 1; i >= 0; i--)
            if (condition(this[i]))
                RemoveAt(i);
    }

    private static bool IsSame(UiNode a, UiNode b) =>
        a.Key == b.Key && (a.Attributes, b.Attributes) switch
        {
            (InputAttributes { Type: InputType.Submit } x, InputAttributes { Type: InputType.Submit } y) => x.Value?.ToString() == y.Value?.ToString(),
            _ => true,
        };
}

/// <summary>The contract writes a form without nodes as null.</summary>
internal sealed class NodeListJsonConverter : JsonConverter<NodeList>
{
    public override bool HandleNull => true;

    public override NodeList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var list = new NodeList();
        if (reader.TokenType == JsonTokenType.Null)
            return list;
        var type = (JsonTypeInfo<UiNode>)options.GetTypeInfo(typeof(UiNode));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("A node is null."));
        return list;
    }

    public override void Write(Utf8JsonWriter writer, NodeList value, JsonSerializerOptions options)
    {
        if (value.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        var type = (JsonTypeInfo<UiNode>)options.GetTypeInfo(typeof(UiNode));
        writer.WriteStartArray();
        foreach (var node in value)
            JsonSerializer.Serialize(writer, node, type);
        writer.WriteEndArray();
    }
}
