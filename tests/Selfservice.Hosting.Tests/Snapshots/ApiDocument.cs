using System.Text;
using System.Text.Json.Nodes;
using Selfservice.Schemas;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>
/// Checks answers against an OpenAPI document with the suite's own schema evaluator. What OpenAPI 3.0 says in another way than JSON Schema (<c>nullable</c>) is rewritten first;
/// a closed document allows no member that it does not name.
/// </summary>
internal sealed class ApiDocument
{
    private readonly JsonObject _root;
    private readonly Dictionary<string, SchemaNode> _schemas = [];

    public ApiDocument(JsonObject root, bool isClosed)
    {
        _root = root;
        Rewrite(root, isClosed);
    }

    /// <summary>Every operation, such as <c>GET /sessions/{id}</c>.</summary>
    public IEnumerable<string> Operations =>
        from path in _root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is not ("parameters" or "summary" or "description")
        select $"{operation.Key.ToUpperInvariant()} {path.Key}";

    /// <summary>The operation that a request belongs to, as a pointer into the document; null without one.</summary>
    public string? Find(string request)
    {
        var (method, path) = (request.Split(' ')[0].ToLowerInvariant(), request.Split(' ')[1].Split('?')[0]);
        var template = _root["paths"]!.AsObject().Where(p => Matches(p.Key, path) && p.Value!.AsObject().ContainsKey(method))
            .OrderBy(p => p.Key.Contains('{', StringComparison.Ordinal)).Select(p => p.Key).FirstOrDefault();
        return template is null ? null : $"#/paths/{Escape(template)}/{method}";
    }

    /// <summary>Whether the document names a status of an operation, not only whatever else happens.</summary>
    public bool Names(string operation, int status) => Get($"{operation}/responses/{status}") is not null;

    /// <summary>The media types and their schemas that the document has for an operation's status; null when it has nothing for the status.</summary>
    public IReadOnlyDictionary<string, string>? Contents(string operation, int status)
    {
        var responses = Get(operation + "/responses")!.AsObject();
        var key = responses.ContainsKey($"{status}") ? $"{status}" : "default";
        if (!responses.ContainsKey(key))
            return null;
        var pointer = $"{operation}/responses/{key}";
        if (responses[key]!["$ref"] is { } reference)
            pointer = (string)reference!;
        return Get(pointer + "/content") is not JsonObject content ? new Dictionary<string, string>() : content.ToDictionary(c => c.Key, c => $"{pointer}/content/{Escape(c.Key)}/schema");
    }

    /// <summary>What is wrong with a body by a schema of the document; null for nothing.</summary>
    public string? Check(string schema, Answer answer)
    {
        if (!_schemas.TryGetValue(schema, out var compiled))
        {
            var bundle = new JsonObject
            {
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = schema }),
                ["paths"] = _root["paths"]!.DeepClone(),
                ["components"] = _root["components"]!.DeepClone(),
            };
            _schemas[schema] = compiled = SchemaCompiler.Compile(schema, bundle.ToJsonString());
        }

        if (new SchemaEvaluator().Check(compiled, answer.Json, null) is not { } finding)
            return null;
        var text = new StringBuilder();
        finding.Dump(text, 1);
        return text.ToString();
    }

    private JsonNode? Get(string pointer) =>
        pointer.Split('/').Skip(1).Aggregate((JsonNode?)_root, (node, part) => (node as JsonObject)?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    private static string Escape(string segment) => SchemaCompiler.Escape(segment);

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    private static void Rewrite(JsonNode? node, bool isClosed)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Rewrite(item, isClosed);
            return;
        }

        if (node is not JsonObject schema)
            return;
        foreach (var (_, child) in schema)
            Rewrite(child, isClosed);
        if (schema["type"] is not JsonValue type || !type.TryGetValue<string>(out var name))
            return;
        if (schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var isNullable) && isNullable)
            schema["type"] = new JsonArray(name, "null");
        if (isClosed && schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
            schema["additionalProperties"] = false;
    }
}
