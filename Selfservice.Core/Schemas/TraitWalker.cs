using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>Lists the paths below <c>properties.traits</c>, through references and branches, in the order of the document.</summary>
internal sealed class TraitWalker
{
    private const int MaxPaths = 1_000;
    private const int MaxNesting = 200;

    private readonly string _id;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly HashSet<SchemaNode> _active = [];
    private readonly Dictionary<string, string?> _identifierTitles = new(StringComparer.Ordinal);
    private int _visits;

    private TraitWalker(string id) => _id = id;

    public IReadOnlyList<TraitField> Fields { get; private set; } = [];

    public IReadOnlyList<TraitPath> Paths { get; private set; } = [];

    public Message IdentifierLabel =>
        _identifierTitles.Count == 1 && _identifierTitles.First() is { Value: { Length: > 0 } title, Key: var path }
            ? ValidationMessages.TraitLabel(path, title)
            : ValidationMessages.IdentifierLabel();

    public static TraitWalker Walk(string id, SchemaNode root)
    {
        var walker = new TraitWalker(id);
        walker.Visit(root.PropertyByName["traits"], "traits", isRequired: root.Required.Contains("traits"));
        walker.Paths = [.. walker._entries.Select(e => new TraitPath(e.Path, e.Type, e.ItemType, e.Required))];
        walker.Fields = [.. walker._entries.Where(e => e.YieldsField).Select(e => e.ToField())];
        return walker;
    }

    private void Visit(SchemaNode node, string path, bool isRequired)
    {
        if (!_active.Add(node))
            return;
        if (_active.Count > MaxNesting || ++_visits > 100 * MaxPaths || _entries.Count > MaxPaths)
            throw new InvalidIdentitySchemaException($"The identity schema \"{_id}\" describes more than {MaxPaths} traits or nests them too deeply; split or flatten them.");
        if (node.Reference is { } target)
        {
            Visit(target, path, isRequired);
        }
        else
        {
            Record(new Entry(path, node, isRequired));
            if (node.Extension is { IsIdentifier: true })
                _identifierTitles.TryAdd(path, node.Title);
            if (node.Items is { Extension: { IsIdentifier: true } })
                _identifierTitles.TryAdd(path, node.Title ?? node.Items.Title);
            foreach (var (name, child) in node.Children)
            {
                if (name is null)
                    Visit(child, path, isRequired);
                else
                    Visit(child, $"{path}.{name.Replace(".", "\\.", StringComparison.Ordinal)}", node.Required.Contains(name));
            }
        }

        _active.Remove(node);
    }

    // A branch may only constrain a path that is declared elsewhere; the first declaration with a type decides.
    private void Record(Entry entry)
    {
        if (_places.TryGetValue(entry.Path, out var place))
        {
            if (_entries[place].Type is null)
                _entries[place] = entry;
            return;
        }

        _places[entry.Path] = _entries.Count;
        _entries.Add(entry);
    }

    private sealed record Entry(string Path, SchemaNode Node, bool Required)
    {
        public string? Type { get; } = TypeOf(Node);

        public string? ItemType { get; } = Node.Items is { } items ? TypeOf(items) : null;

        public bool YieldsField => Type is not (null or "object") && !(Type == "array" && ItemType is "object" or "array");

        public TraitField ToField() => new(Path, Type ?? "string", Node.Title, Node.Format, Required, Node.Pattern is null ? null : Node.PatternText);

        private static string? TypeOf(SchemaNode node)
        {
            while (node.Reference is { } target)
                node = target;
            if (node.TypeNames.Length > 0)
                return node.TypeNames is [var only] ? only : null;
            return node.Constant?.TypeName;
        }
    }
}
