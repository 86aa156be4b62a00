using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>A value of <c>const</c> or <c>enum</c>, in the form that equality is decided on, with the texts that messages show.</summary>
internal sealed record JsonConstant(string Canonical, JsonValueKind Kind, string Text)
{
    public static JsonConstant From(JsonElement value) => new(CanonicalJson.Of(value), value.ValueKind, TextOf(value));

    public bool IsComposite => Kind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>The value as Go syntax prints it: strings quoted.</summary>
    public string GoSyntax => Kind == JsonValueKind.String ? GoText.Quote(Text) : Text;

    /// <summary>The JSON type of a scalar; null for an object or array.</summary>
    public string? TypeName => Kind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => null,
    };

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => GoText.Number(value.GetRawText()),
        JsonValueKind.Null => "<nil>",
        _ => value.GetRawText(),
    };
}
