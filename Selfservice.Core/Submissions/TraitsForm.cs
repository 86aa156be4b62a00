using System.Globalization;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Strategies;

namespace Selfservice.Submissions;

/// <summary>The traits in a submission: an object in one field, dotted fields, or both, read by the types that the identity schema gives.</summary>
public static class TraitsForm
{
    private const string Root = "traits";

    /// <summary>Reads the traits. Objects that the schema describes are always there, empty if need be; fields that it does not know are dropped.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="schema">The schema that the traits follow.</param>
    /// <param name="fault">What is wrong with the field <c>traits</c> itself; null when nothing is.</param>
    public static JsonObject Read(Submission submission, IdentitySchema schema, out FieldMessage? fault)
    {
        fault = null;
        var traits = new JsonObject();
        if (submission.Text(Root) is { } text)
        {
            var node = JsonText.Parse(text);
            if (node is JsonObject submitted)
                traits = submitted;
            else if (node is JsonArray)
                fault = new(Root, FlowMessages.WrongType("object", "array"));
        }

        foreach (var path in schema.TraitPaths)
            Decode(submission, path, traits);
        return traits;
    }

    /// <summary>Shows the traits in the form, so that nothing has to be typed twice.</summary>
    public static void Fill(UiContainer ui, IdentitySchema schema, JsonObject traits)
    {
        foreach (var field in schema.TraitPaths.Where(p => p.Type != "object"))
            if (IsPresent(traits, field.Path) && (Find(traits, field.Path) is null or JsonValue))
                ui.SetValue(field.Path, Find(traits, field.Path)?.DeepClone());
    }

    private static void Decode(Submission submission, TraitPath path, JsonObject traits)
    {
        var values = submission.Values(path.Path);
        if (path.Type == "object")
        {
            if (path.Path != Root && Find(traits, path.Path) is null)
                Set(traits, path.Path, values.Count > 0 && JsonText.Parse(values[0]) is JsonObject nested ? nested : []);
        }
        else if (values.Count > 0 && Convert(path, values) is { } value)
            Set(traits, path.Path, value);
    }

    private static JsonNode? Convert(TraitPath path, IReadOnlyList<string> values) => path.Type switch
    {
        "array" => Array(path, values),
        // A form sends a check box after its hidden default: the last value counts.
        "boolean" => Scalar("boolean", values[^1], path.Required),
        _ => Scalar(path.Type, values[0], path.Required),
    };

    private static JsonArray? Array(TraitPath path, IReadOnlyList<string> values)
    {
        if (values.Count == 1 && JsonText.Parse(values[0]) is JsonArray array)
            return array;
        var items = new JsonArray();
        foreach (var value in values)
            if (Scalar(path.ItemType, value, required: false) is { } item)
                items.Add(item);
        return items.Count > 0 ? items : null;
    }

    private static JsonValue? Scalar(string? type, string text, bool required) => type switch
    {
        "boolean" => text.Length == 0 ? required ? JsonValue.Create(false) : null
            : text is "1" or "t" or "T" or "TRUE" or "true" or "True" ? JsonValue.Create(true)
            : text is "0" or "f" or "F" or "FALSE" or "false" or "False" ? JsonValue.Create(false)
            : JsonValue.Create(text),
        "number" or "integer" => text.Length == 0 ? required ? JsonValue.Create(0) : null : Number(text),
        _ => text.Length == 0 ? null : JsonValue.Create(text),
    };

    private static JsonValue Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : JsonValue.Create(number)
            : JsonValue.Create(text);

    private static JsonNode? Find(JsonObject traits, string path)
    {
        JsonNode? node = traits;
        foreach (var name in path.Split('.').Skip(1))
            node = (node as JsonObject)?[name];
        return node;
    }

    private static bool IsPresent(JsonObject traits, string path)
    {
        var dot = path.LastIndexOf('.');
        return (dot == Root.Length ? traits : Find(traits, path[..dot]) as JsonObject)?.ContainsKey(path[(dot + 1)..]) == true;
    }

    private static void Set(JsonObject traits, string path, JsonNode value)
    {
        var names = path.Split('.');
        var target = traits;
        foreach (var name in names[1..^1])
        {
            if (target[name] is not JsonObject next)
                target[name] = next = [];
            target = next;
        }

        target[names[^1]] = value;
    }
}
