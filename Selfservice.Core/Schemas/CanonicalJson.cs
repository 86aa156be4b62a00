using System.Text;
using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>
/// One text per JSON value: keys sorted, numbers by value (<c>1.0</c> is <c>1</c>), strings with their type. Two values are equal exactly when their texts are, so
/// a set of texts finds duplicates in linear time.
/// </summary>
internal static class CanonicalJson
{
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    WriteString(text, property.Name);
                    Write(text, property.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, JsonText.Read(value));
                break;
            case JsonValueKind.Number:
                text.Append(JsonNumber.Parse(value.GetRawText()).Canonical);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    // The length in front makes the text unambiguous without any escaping.
    private static void WriteString(StringBuilder text, string value) =>
        text.Append('"').Append(value.Length).Append(':').Append(value);
}
