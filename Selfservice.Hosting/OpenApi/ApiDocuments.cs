using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Hosting.Http;

namespace Selfservice.Hosting.OpenApi;

/// <summary>
/// Describes the endpoints that the host has mapped as OpenAPI documents. Which paths and methods there are comes from the host's routes, what is said of them from the JSON files
/// beside this class: one of operations for each document, and one of components for both.
/// </summary>
internal sealed class ApiDocuments(EndpointDataSource endpoints, IOptions<SelfserviceOptions> options)
{
    /// <summary>The document of the endpoints for everybody.</summary>
    public const string Public = "public";

    /// <summary>The document of the endpoints for administrators.</summary>
    public const string Admin = "admin";

    private const string ComponentPrefix = "#/components/";

    private readonly ConcurrentDictionary<string, byte[]> _documents = new();

    /// <summary>Answers a document. It is made when it is asked for first: then every endpoint is mapped.</summary>
    public static RequestDelegate Serve(string name) => context =>
    {
        var self = context.RequestServices.GetRequiredService<ApiDocuments>();
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, self._documents.GetOrAdd(name, self.Build));
    };

    private byte[] Build(string name)
    {
        var words = Read(name);
        var paths = new JsonObject();
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ApiDescription>() is not { } description || description.Document != name)
                continue;
            var path = new JsonObject();
            foreach (var (method, _) in description.Route.Handlers)
            {
                var verb = method == ContractRoute.AnyMethod ? "get" : method.ToLowerInvariant();
                path[verb] = Describe(words["operations"]!.AsObject(), verb, description);
            }

            paths["/" + endpoint.RoutePattern.RawText!.TrimStart('/')] = path;
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["openapi"] = "3.1.0",
                ["info"] = new JsonObject
                {
                    ["title"] = words["title"]!.DeepClone(),
                    ["description"] = words["description"]!.DeepClone(),
                    ["version"] = typeof(ApiDocuments).Assembly.GetName().Version!.ToString(3),
                },
                ["servers"] = new JsonArray(new JsonObject { ["url"] = options.Value.PublicUrl ?? "/" }),
                ["paths"] = paths,
                ["components"] = ComponentsOf(paths),
            },
            WireJsonContext.Default.JsonNode);
    }

    /// <summary>What all kinds of flows have in common is described once, as <c>/self-service/{flow}/…</c>; what a kind adds to it stands under its own path.</summary>
    private static JsonObject Describe(JsonObject operations, string verb, ApiDescription description)
    {
        var pattern = description.Route.Pattern;
        var own = operations[$"{verb} {pattern}"]?.DeepClone().AsObject();
        if (description.Flow is not { Name: var flow } || operations[$"{verb} {pattern.Replace($"/{flow}", "/{flow}", StringComparison.Ordinal)}"] is not { } shared)
            return WithDefault(own ?? throw new InvalidOperationException($"The operation {verb} {pattern} is not described; add it to {description.Document}.json."));
        var text = shared.ToJsonString().Replace("{flow}", flow, StringComparison.Ordinal).Replace("{Flow}", char.ToUpperInvariant(flow[0]) + flow[1..], StringComparison.Ordinal);
        var operation = JsonNode.Parse(text)!.AsObject();
        Merge(operation, own ?? []);
        return WithDefault(operation);
    }

    /// <summary>Whatever else happens is answered by an error.</summary>
    private static JsonObject WithDefault(JsonObject operation)
    {
        operation["responses"]!["default"] = new JsonObject { ["$ref"] = ComponentPrefix + "responses/Error" };
        return operation;
    }

    private static void Merge(JsonObject target, JsonObject additions)
    {
        foreach (var (name, value) in additions)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
                Merge(known, inner);
            else
                target[name] = value?.DeepClone();
        }
    }

    /// <summary>The components that these paths lead to, and no others: what nobody can reach is not described.</summary>
    private static JsonObject ComponentsOf(JsonObject paths)
    {
        var all = Read("components");
        var used = new JsonObject();
        var open = new Queue<string>(References(paths));
        while (open.TryDequeue(out var reference))
        {
            if (reference.Split('/') is not [.., var kind, var name] || all[kind]?[name] is not { } component)
                throw new InvalidOperationException($"{reference} does not exist; add it to components.json.");
            var group = used[kind] as JsonObject ?? (JsonObject)(used[kind] = new JsonObject())!;
            if (!group.TryAdd(name, component.DeepClone()))
                continue;
            foreach (var further in References(component))
                open.Enqueue(further);
        }

        return used;
    }

    /// <summary>Every component that is named below a node: by reference, or as what an operation demands of its caller.</summary>
    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(member => member switch
        {
            { Key: "$ref", Value: JsonValue value } => [value.GetValue<string>()],
            { Key: "security", Value: JsonArray demands } => demands.OfType<JsonObject>().SelectMany(d => d.Select(s => ComponentPrefix + "securitySchemes/" + s.Key)),
            _ => References(member.Value),
        }),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonObject Read(string name)
    {
        var type = typeof(ApiDocuments);
        using var stream = type.Assembly.GetManifestResourceStream(type, name + ".json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
