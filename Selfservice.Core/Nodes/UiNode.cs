using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>What a node says about itself beyond its attributes.</summary>
/// <param name="Label">The text beside or on the node; null for none.</param>
public sealed record NodeMeta([property: JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Message? Label = null);

/// <summary>One element of a flow's form, independent of any markup.</summary>
/// <param name="Group">The group it belongs to.</param>
/// <param name="Attributes">What it is.</param>
public sealed record UiNode(
    [property: JsonPropertyName("group"), JsonPropertyOrder(1)] NodeGroup Group,
    [property: JsonPropertyName("attributes"), JsonPropertyOrder(2)] NodeAttributes Attributes)
{
    /// <summary>The kind of the node; the same as <see cref="NodeAttributes.NodeType"/>.</summary>
    [JsonPropertyName("type"), JsonPropertyOrder(0)]
    public string Type => Attributes.NodeType;

    /// <summary>What is to be said at the node, usually what is wrong with its value.</summary>
    [JsonPropertyName("messages"), JsonPropertyOrder(3)]
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>Its label.</summary>
    [JsonPropertyName("meta"), JsonPropertyOrder(4)]
    public NodeMeta Meta { get; init; } = new();

    /// <summary>What the node is found by.</summary>
    [JsonIgnore]
    public string Key => Attributes.Key;

    /// <summary>Makes an input.</summary>
    public static UiNode Input(NodeGroup group, InputAttributes attributes, Message? label = null) => new(group, attributes) { Meta = new(label) };

    /// <summary>Makes a button that sends the form, with the field <paramref name="name"/> set to <paramref name="value"/>.</summary>
    public static UiNode Submit(NodeGroup group, string name, string value, Message label) =>
        Input(group, new InputAttributes { Name = name, Type = InputType.Submit, Value = JsonValue.Create(value) }, label);

    /// <summary>The same node with another value; null leaves the value out. A node that takes no value stays as it is.</summary>
    public UiNode WithValue(JsonNode? value) => Attributes is InputAttributes input ? this with { Attributes = input with { Value = value } } : this;

    /// <summary>The same node, hidden. A node that is no input stays as it is.</summary>
    public UiNode Hidden() => Attributes is InputAttributes input ? this with { Attributes = input with { Type = InputType.Hidden } } : this;
}
