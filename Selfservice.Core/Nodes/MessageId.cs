using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>
/// The number of a message, by which a user interface recognises and translates it. The set is open: each package owns a block of the published numbers,
/// third parties start at 9,000,000, and a number is never used again for something else.
/// </summary>
/// <param name="Value">The number, as it is on the wire.</param>
[JsonConverter(typeof(MessageIdJsonConverter))]
public readonly record struct MessageId(int Value)
{
    /// <summary>The first number that a package from outside this suite may use.</summary>
    public const int FirstThirdPartyValue = 9_000_000;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class MessageIdJsonConverter : JsonConverter<MessageId>
{
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
