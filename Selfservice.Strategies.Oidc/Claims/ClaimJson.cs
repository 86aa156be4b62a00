using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Reads members of what a provider answered. What is missing, or has another shape, is null: a profile without a picture is no failure.</summary>
public static class ClaimJson
{
    /// <summary>A text that is not empty, or a whole number as text; null for anything else.</summary>
    /// <param name="node">Where it is; null for nowhere.</param>
    /// <param name="path">The names that lead to it; numbers are places in lists.</param>
    public static string? Text(JsonNode? node, params ReadOnlySpan<string> path) => Find(node, path) is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number when value.TryGetValue(out long number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        }
        : null;

    /// <summary>Whether it is true, or the text <c>true</c>.</summary>
    /// <param name="node">Where it is; null for nowhere.</param>
    /// <param name="path">The names that lead to it.</param>
    public static bool Flag(JsonNode? node, params ReadOnlySpan<string> path) =>
        Find(node, path) is JsonValue value && (value.GetValueKind() == JsonValueKind.True || (value.TryGetValue(out string? text) && text == "true"));

    /// <summary>A time written as RFC 3339, in seconds since 1970; 0 for anything else.</summary>
    /// <param name="node">Where it is; null for nowhere.</param>
    /// <param name="path">The names that lead to it.</param>
    public static long Time(JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(Text(node, path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : 0;

    /// <summary>The member that the names lead to; null for none.</summary>
    /// <param name="node">Where it is; null for nowhere.</param>
    /// <param name="path">The names that lead to it; numbers are places in lists.</param>
    public static JsonNode? Find(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node switch
            {
                JsonObject found => found[name],
                JsonArray list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Count => list[place],
                _ => null,
            };
        }

        return node;
    }
}
