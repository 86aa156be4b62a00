using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Ui.Forms;

/// <summary>The values of inputs as text in markup.</summary>
internal static class InputValues
{
    /// <summary>A value as a form would send it.</summary>
    public static string ToText(JsonNode? value) => value switch
    {
        null => "",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        JsonValue v => v.ToJsonString(),
        _ => value.ToJsonString(),
    };

    /// <summary>A value in the form that the input's type can show: browsers show an empty date field for a date with a zone.</summary>
    public static string? ForDisplay(InputAttributes input)
    {
        if (input.Value is null or JsonArray or JsonObject)
            return null;
        var text = ToText(input.Value);
        if (input.Type is not (InputType.Date or InputType.DateTime))
            return text;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return text;
        return time.ToString(input.Type == InputType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
