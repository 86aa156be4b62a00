using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>What a message is to the person who reads it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageType>))]
public enum MessageType
{
    /// <summary>Guidance or a label.</summary>
    [JsonStringEnumMemberName("info")] Info,

    /// <summary>Something has to be put right.</summary>
    [JsonStringEnumMemberName("error")] Error,

    /// <summary>Something was done.</summary>
    [JsonStringEnumMemberName("success")] Success,
}

/// <summary>A text for people: an id to translate it by, the English text, and the values that were put into it.</summary>
/// <param name="Id">The message's number.</param>
/// <param name="Text">The English text, complete.</param>
/// <param name="Type">What the message is.</param>
/// <param name="Context">The values inside the text, by name; null when there are none (an empty object is never sent).</param>
public sealed record Message(
    [property: JsonPropertyName("id")] MessageId Id,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("type")] MessageType Type,
    [property: JsonPropertyName("context"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Context = null)
{
    /// <summary>Makes an informational message.</summary>
    public static Message Info(int id, string text, JsonObject? context = null) => new(new(id), text, MessageType.Info, context);

    /// <summary>Makes an error message.</summary>
    public static Message Error(int id, string text, JsonObject? context = null) => new(new(id), text, MessageType.Error, context);
}
