using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Selfservice.Persistence.Sqlite;

/// <summary>
/// A list that is one JSON column of its owner's row, because it is only ever read and written with it. Every request that a host authenticates reads some, so they are read token by
/// token, in a third of the time that a serializer takes.
/// </summary>
internal static class JsonColumn
{
    /// <summary>Reads one object; the reader stands at its begin, and then at its end.</summary>
    public delegate T ItemReader<out T>(ref Utf8JsonReader reader);

    /// <summary>A list of objects.</summary>
    public static string Write<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> members) => WriteArray(items, (writer, item) =>
    {
        writer.WriteStartObject();
        members(writer, item);
        writer.WriteEndObject();
    });

    /// <summary>A list of texts, for a statement that looks for any of them.</summary>
    public static string WriteTexts(IEnumerable<string> texts) => WriteArray(texts, (writer, text) => writer.WriteStringValue(text));

    /// <summary>A list of keys that have several parts, for a statement that looks for any of them.</summary>
    public static string WriteKeys(IEnumerable<string[]> keys) => WriteArray(keys, (writer, parts) =>
    {
        writer.WriteStartArray();
        foreach (var part in parts)
            writer.WriteStringValue(part);
        writer.WriteEndArray();
    });

    private static string WriteArray<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var item in items)
                write(writer, item);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static List<T> Read<T>(ReadOnlySpan<byte> json, ItemReader<T> item)
    {
        var reader = new Utf8JsonReader(json);
        var items = new List<T>(1);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            items.Add(item(ref reader));
        return items;
    }

    /// <summary>Goes to the name of the object's next member. False at its end.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member is the one of that name; then the reader stands at its value.</summary>
    public static bool IsNext(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();
}
