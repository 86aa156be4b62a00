using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Writes into objects by paths with dots.</summary>
internal static class JsonPaths
{
    /// <summary>Puts a value where the path leads; objects on the way are made.</summary>
    public static void Set(JsonObject root, string path, JsonNode? value)
    {
        var names = path.Split('.');
        var at = root;
        foreach (var name in names[..^1])
        {
            if (at[name] is not JsonObject next)
                at[name] = next = [];
            at = next;
        }

        at[names[^1]] = value;
    }
}
