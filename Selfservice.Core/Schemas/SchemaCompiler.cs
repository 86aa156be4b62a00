using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>
/// Turns a schema document into <see cref="SchemaNode"/>s. Whatever it does not know how to enforce it refuses. Schemas wait in a queue, so the nesting of references costs no
/// stack, and nothing is ever fetched: a reference leads into the document or is refused.
/// </summary>
internal sealed partial class SchemaCompiler
{
    private const int MaxDepth = 64;
    private const int MaxReferenceDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private readonly string _id;
    private readonly JsonElement _document;
    private readonly int _draft;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaNode Node, JsonElement Source)> _open = new();

    private SchemaCompiler(string id, JsonElement document)
    {
        _id = id;
        _document = document;
        _draft = ReadDraft();
    }

    /// <exception cref="InvalidIdentitySchemaException">The document is no identity schema, or cannot be enforced.</exception>
    public static SchemaNode CompileIdentitySchema(string id, string json, bool checksShape)
    {
        var root = Compile(id, json, checksShape);
        if (!root.PropertyByName.TryGetValue("traits", out var traits))
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" has no properties.traits; describe the traits there.");
        while (traits.Reference is { } target)
            traits = target;
        if (traits.Types is not (JsonTypes.None or JsonTypes.Object))
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" gives properties.traits another type than object; use \"type\": \"object\".");
        if (traits.Properties.Length == 0)
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" has no trait; add at least one property to properties.traits.properties.");
        return root;
    }

    /// <summary>Compiles any schema document, also one that describes no identity.</summary>
    public static SchemaNode Compile(string id, string json, bool checksShape = true)
    {
        if (json.Length > IdentitySchema.MaxDocumentCharacters)
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" is larger than 1 MiB; make it smaller.");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var compiler = new SchemaCompiler(id, document.RootElement);
            if (checksShape)
                MetaSchema.Check(id, json);
            return compiler.Run();
        }
        catch (JsonException e)
        {
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" is no JSON document that can be read ({e.Message}); correct it.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" has a keyword with a value of the wrong type, or a text that is not valid Unicode; correct it.", e);
        }
    }

    internal static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private SchemaNode Run()
    {
        var root = Node(_document, "#");
        while (_open.TryDequeue(out var next))
            Fill(next.Node, next.Source);
        RefuseEndlessReferences();
        return root;
    }

    private SchemaNode Node(JsonElement source, string pointer)
    {
        if (_nodes.TryGetValue(pointer, out var known))
            return known;
        var node = new SchemaNode(pointer);
        _nodes[pointer] = node;
        _open.Enqueue((node, source));
        return node;
    }

    private int ReadDraft()
    {
        if (_document.ValueKind != JsonValueKind.Object || !_document.TryGetProperty("$schema", out var declared))
            return 7;
        var text = declared.ValueKind == JsonValueKind.String ? declared.GetString() ?? "" : "";
        return text.TrimEnd('#') switch
        {
            "http://json-schema.org/draft-07/schema" or "http://json-schema.org/schema" => 7,
            "http://json-schema.org/draft-06/schema" => 6,
            "http://json-schema.org/draft-04/schema" => 4,
            _ => throw Invalid("#", "declares an unknown $schema; use \"http://json-schema.org/draft-07/schema#\""),
        };
    }

    // A schema that is applied to its own value again and again never answers; long chains take stack.
    private void RefuseEndlessReferences()
    {
        var heights = new Dictionary<SchemaNode, int>();
        foreach (var node in _nodes.Values)
            Height(node, heights, 0);
    }

    private int Height(SchemaNode node, Dictionary<SchemaNode, int> heights, int depth)
    {
        const int active = -1;
        if (heights.TryGetValue(node, out var known))
            return known != active ? known : throw Invalid(node.Pointer, "refers to itself without going into a value; break the cycle");
        heights[node] = active;
        var height = 0;
        foreach (var inner in node.InPlace)
            height = Math.Max(height, 1 + (depth < MaxReferenceDepth ? Height(inner, heights, depth + 1) : MaxReferenceDepth));
        heights[node] = height;
        return height < MaxReferenceDepth ? height : throw Invalid(node.Pointer, $"nests more than {MaxReferenceDepth} references and branches; flatten them");
    }

    private InvalidIdentitySchemaException Invalid(string pointer, string fact) => new($"The identity schema \"{_id}\" at {pointer} {fact}.");
}
