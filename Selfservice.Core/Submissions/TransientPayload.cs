using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Strategies;

namespace Selfservice.Submissions;

/// <summary>What a client sends along for hooks: an object that is never stored.</summary>
public static class TransientPayload
{
    /// <summary>The field's name.</summary>
    public const string FieldName = "transient_payload";

    /// <summary>Reads it.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="fault">What is wrong with it; null when nothing is.</param>
    /// <returns>The payload; null when none, or no object, was sent.</returns>
    public static JsonObject? Read(Submission submission, out FieldMessage? fault)
    {
        fault = null;
        if (submission.Text(FieldName) is not { } text)
            return null;
        var node = JsonText.Parse(text);
        if (node is JsonObject payload)
            return payload;
        fault = new(FieldName, FlowMessages.WrongType("object", JsonText.TypeName(node, text)));
        return null;
    }
}

/// <summary>Reads JSON that came as the text of a field.</summary>
internal static class JsonText
{
    /// <summary>Deep enough for any form, shallow enough for the stack.</summary>
    private const int MaximumDepth = 64;

    /// <summary>The document; null for text that is no JSON.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            return IsText(document.RootElement) ? JsonNode.Parse(text, documentOptions: new() { MaxDepth = MaximumDepth }) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name or a string that is no Unicode text, such as half of a surrogate pair.
            return null;
        }
    }

    /// <summary>Reads every name and string once: the parser looks at their escapes no sooner.</summary>
    private static bool IsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(m => m.Name is not null && IsText(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsText),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };

    /// <summary>The name of a value's type; what is no JSON is a string.</summary>
    public static string TypeName(JsonNode? node, string text) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => text == "null" ? "null" : "string",
    };
}
