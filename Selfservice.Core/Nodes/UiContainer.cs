using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>The form of a flow: where it is sent, its nodes in order, and what is to be said above it.</summary>
public sealed class UiContainer
{
    /// <summary>The absolute URL that the form is sent to.</summary>
    [JsonPropertyName("action"), JsonPropertyOrder(0)]
    public required string Action { get; set; }

    /// <summary>The HTTP method: <c>POST</c>, or <c>GET</c> when only a way on is left.</summary>
    [JsonPropertyName("method"), JsonPropertyOrder(1)]
    public string Method { get; set; } = "POST";

    /// <summary>The nodes in the order in which they are shown.</summary>
    [JsonPropertyName("nodes"), JsonPropertyOrder(2)]
    [JsonConverter(typeof(NodeListJsonConverter))]
    public NodeList Nodes { get; init; } = [];

    /// <summary>What is to be said about the form as a whole; left out when empty.</summary>
    [JsonPropertyName("messages"), JsonPropertyOrder(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Message>? Messages { get; set; }

    /// <summary>Adds a message about the form as a whole.</summary>
    public void AddMessage(Message message) => Messages = [.. Messages ?? [], message];

    /// <summary>
    /// Puts a message at the node with the given key. Without such a node one is made, a text input, or a password input when the message is about a secret.
    /// An empty key means the form as a whole.
    /// </summary>
    public void AddMessage(string key, Message message)
    {
        if (key.Length == 0)
        {
            AddMessage(message);
            return;
        }

        var index = Nodes.IndexOf(key);
        if (index < 0)
        {
            // A password is never shown, not even in a field that exists only to carry its message.
            var type = key == "password" ? InputType.Password : InputType.Text;
            Nodes.Add(UiNode.Input(NodeGroup.Default, new InputAttributes { Name = key, Type = type }));
            index = Nodes.Count - 1;
        }

        Nodes[index] = Nodes[index] with { Messages = [.. Nodes[index].Messages, message] };
    }

    /// <summary>Removes every message of the form and of its nodes.</summary>
    public void ClearMessages()
    {
        Messages = null;
        for (var i = 0; i < Nodes.Count; i++)
            if (Nodes[i].Messages.Count > 0)
                Nodes[i] = Nodes[i] with { Messages = [] };
    }

    /// <summary>Takes away all that somebody may have typed. Buttons that choose a method or a step keep their values; others may hold an address.</summary>
    public void ForgetValues()
    {
        for (var i = 0; i < Nodes.Count; i++)
            if (Nodes[i].Attributes is InputAttributes { Value: { } value } input && value.ToString().Length > 0 && input is not { Type: InputType.Submit, Name: "method" or "screen" or "provider" })
                Nodes[i] = Nodes[i].WithValue(null);
    }

    /// <summary>Sets the value of the first node with the given key, if there is one; null leaves the value out.</summary>
    public void SetValue(string key, JsonNode? value)
    {
        var index = Nodes.IndexOf(key);
        if (index >= 0)
            Nodes[index] = Nodes[index].WithValue(value);
    }
}
