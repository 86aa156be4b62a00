using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Hosting.Admin;

/// <summary>Applies a JSON Patch (RFC 6902) to an identity: only add, remove and replace, and not to what the server alone decides. A replace of nothing adds, as in the contract.</summary>
internal static class IdentityPatch
{
    private static readonly string[] Denied = ["/id", "/statechangedat", "/state_changed_at", "/credentials"];

    public static (JsonElement Document, string? Fault) Apply(ReadOnlyMemory<byte> identity, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Array)
            return (default, "json: cannot unmarshal the patch: it is no array");
        var document = JsonNode.Parse(identity.Span)!;
        foreach (var operation in patch.EnumerateArray())
        {
            if (operation.ValueKind != JsonValueKind.Object || AdminBody.Text(operation, "op") is not { } name || AdminBody.Text(operation, "path") is not { } path)
                return (default, "invalid state detected");
            if (Denied.Contains(path.ToLowerInvariant()) || path.StartsWith("/credentials/oidc/", StringComparison.OrdinalIgnoreCase))
                return (default, $"patch includes denied path: {path}");
            if (name is not ("add" or "remove" or "replace"))
                return (default, $"unsupported operation: {name}");
            var value = operation.TryGetProperty("value", out var given) ? JsonNode.Parse(given.GetRawText()) : null;
            if (ApplyOne(document, name, path, value) is { } fault)
                return (default, fault);
        }

        return (JsonSerializer.SerializeToElement(document, Http.WireJsonContext.Default.JsonNode), null);
    }

    private static string? ApplyOne(JsonNode document, string operation, string path, JsonNode? value)
    {
        // RFC 6901: ~1 stands for a slash and ~0 for a tilde, in this order.
        var keys = path.Split('/').Skip(1).Select(k => k.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var target = document;
        foreach (var key in keys[..^1])
        {
            var next = Child(target, key);
            if (next is null && operation != "remove" && target is JsonObject parent)
                parent[key] = next = new JsonObject();
            if (next is null)
                return Missing(operation, path, key);
            target = next;
        }

        return target switch
        {
            JsonObject container => ApplyToObject(container, operation, path, keys[^1], value),
            JsonArray list => ApplyToArray(list, operation, path, keys[^1], value),
            _ => Missing(operation, path, keys[^1]),
        };
    }

    private static string? ApplyToObject(JsonObject container, string operation, string path, string key, JsonNode? value)
    {
        if (operation == "remove")
            return container.Remove(key) ? null : Missing(operation, path, key);
        container[key] = value;
        return null;
    }

    private static string? ApplyToArray(JsonArray list, string operation, string path, string key, JsonNode? value)
    {
        var index = key == "-" && operation == "add" ? list.Count : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        if (index < 0 || index > list.Count || (index == list.Count && operation != "add"))
            return Missing(operation, path, key);
        if (operation == "add")
            list.Insert(index, value);
        else if (operation == "remove")
            list.RemoveAt(index);
        else
            list[index] = value;
        return null;
    }

    private static JsonNode? Child(JsonNode node, string key) => node switch
    {
        JsonObject container => container[key],
        JsonArray list when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
        _ => null,
    };

    private static string Missing(string operation, string path, string key) => $"error in {operation} for path: '{path}': unable to {operation} nonexistent key: {key}: missing value";
}
