using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Nodes;
using Selfservice.Schemas;

namespace Selfservice.Submissions;

/// <summary>The inputs of traits, with the values that are there already.</summary>
public static class TraitInputs
{
    /// <summary>Puts an input for every trait that the schema has, and for every value that the traits have beyond those, in place of what the form showed.</summary>
    /// <param name="ui">The form.</param>
    /// <param name="schema">The schema that the traits follow.</param>
    /// <param name="traits">The traits.</param>
    /// <param name="group">The group of the inputs.</param>
    public static void Show(UiContainer ui, IdentitySchema schema, JsonObject traits, NodeGroup group)
    {
        ui.Nodes.RemoveAll(n => n.Key == "traits" || n.Key.StartsWith("traits.", StringComparison.Ordinal));
        var values = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        Collect("traits", traits, values);
        foreach (var field in schema.TraitFields)
        {
            values.Remove(field.Path, out var value);
            ui.Nodes.Add(field.ToNode().WithValue(value?.DeepClone()) with { Group = group });
        }

        foreach (var (path, value) in values)
            ui.Nodes.Add(UiNode.Input(group, new() { Name = path, Type = InputTypeOf(value), Value = value.DeepClone() }));
    }

    private static void Collect(string path, JsonNode node, Dictionary<string, JsonValue> values)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                    if (member is not null)
                        Collect($"{path}.{name}", member, values);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (items[i] is { } item)
                        Collect($"{path}.{i}", item, values);
                break;
            case JsonValue value:
                values[path] = value;
                break;
        }
    }

    private static string InputTypeOf(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => InputType.Number,
        JsonValueKind.True or JsonValueKind.False => InputType.Checkbox,
        _ => InputType.Text,
    };
}
