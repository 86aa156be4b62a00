using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>What OpenAPI 3.1 demands of a document, as far as ours uses it; the section numbers are those of the specification.</summary>
internal static partial class OpenApiRules
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private static readonly string[] Places = ["query", "header", "path", "cookie"];
    private static readonly string[] Operation = ["tags", "summary", "description", "operationId", "parameters", "requestBody", "responses", "deprecated", "security"];

    public static IEnumerable<string> Faults(JsonObject document)
    {
        // 4.8.1 and 4.8.2: the version, a title and a version of the document's own.
        if (!Version.IsMatch((string?)document["openapi"] ?? ""))
            yield return "openapi";
        if (document["info"] is not JsonObject info || (string?)info["title"] is not { Length: > 0 } || (string?)info["version"] is not { Length: > 0 })
            yield return "info";
        foreach (var reference in References(document).Distinct().Where(r => Resolve(document, r) is null))
            yield return $"{reference} leads nowhere";
        // 4.8.10: operation ids are unique among all operations.
        var ids = Operations(document).Select(o => (string?)o.Value["operationId"]).ToArray();
        foreach (var twice in ids.GroupBy(i => i).Where(g => g.Key is null || g.Count() > 1))
            yield return $"operationId {twice.Key}";
        // 4.8.8: paths begin with a slash, and no two are the same but for the names of their parameters.
        foreach (var same in document["paths"]!.AsObject().Select(p => p.Key).GroupBy(p => Parameter.Replace(p, "{}")).Where(g => g.Count() > 1 || !g.Key.StartsWith('/')))
            yield return $"path {same.Key}";
        foreach (var fault in Operations(document).SelectMany(o => Faults(document, o.Path, o.Value).Select(f => $"{o.Verb} {o.Path}: {f}")))
            yield return fault;
    }

    private static IEnumerable<string> Faults(JsonObject document, string path, JsonObject operation)
    {
        foreach (var unknown in operation.Select(m => m.Key).Except(Operation))
            yield return $"{unknown} is no member";
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => Target(document, p!.AsObject())).ToArray();
        // 4.8.12: a name, a place, and a schema; parameters of the path are required and stand in it.
        foreach (var parameter in parameters.Where(p => (string?)p["name"] is null || !Places.Contains((string?)p["in"]) || p["schema"] is not JsonObject))
            yield return $"parameter {parameter["name"]}";
        if (parameters.Select(p => $"{p["in"]} {p["name"]}").Distinct().Count() != parameters.Length)
            yield return "a parameter stands twice";
        var inPath = parameters.Where(p => (string?)p["in"] == "path" && (bool?)p["required"] == true).Select(p => (string)p["name"]!);
        if (!inPath.Order(StringComparer.Ordinal).SequenceEqual(Parameter.Matches(path).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)))
            yield return "the parameters of the path";
        // 4.8.16 and 4.8.17: at least one response, by status or as default, each with a description.
        if (operation["responses"] is not JsonObject { Count: > 0 } responses)
        {
            yield return "no responses";
            yield break;
        }

        foreach (var (status, response) in responses)
            if (!Status.IsMatch(status) || (string?)Target(document, response!.AsObject())["description"] is not { Length: > 0 })
                yield return $"response {status}";
        // 4.8.30: what it demands is among the schemes.
        foreach (var demand in (operation["security"]?.AsArray() ?? []).SelectMany(d => d!.AsObject()).Where(d => Resolve(document, "#/components/securitySchemes/" + d.Key) is null))
            yield return $"security {demand.Key}";
    }

    private static IEnumerable<(string Path, string Verb, JsonObject Value)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select (path.Key, operation.Key, operation.Value!.AsObject());

    private static JsonObject Target(JsonObject document, JsonObject node) => (string?)node["$ref"] is { } reference ? Resolve(document, reference)!.AsObject() : node;

    private static JsonNode? Resolve(JsonObject document, string reference) => reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => (node as JsonObject)?[part]);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(m => m is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"^3\.1\.\d+$")]
    private static partial Regex Version { get; }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Parameter { get; }

    [GeneratedRegex("^(?:[1-5][0-9]{2}|default)$")]
    private static partial Regex Status { get; }
}
