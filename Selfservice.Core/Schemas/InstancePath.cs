namespace Selfservice.Schemas;

/// <summary>The place of a value inside the traits' document; null is the document itself.</summary>
internal sealed class InstancePath(InstancePath? parent, string segment)
{
    private readonly string _segment = segment;

    public int Depth { get; } = (parent?.Depth ?? 0) + 1;

    /// <summary>The JSON pointer (RFC 6901) after a <c>#</c>.</summary>
    public static string Pointer(InstancePath? path) =>
        "#/" + string.Join('/', Segments(path).Select(s => s.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    /// <summary>The name of the node: segments joined by dots, dots inside names escaped.</summary>
    public static string NodeKey(InstancePath? path) =>
        string.Join('.', Segments(path).Select(s => s.Replace(".", "\\.", StringComparison.Ordinal)));

    private static List<string> Segments(InstancePath? path)
    {
        var segments = new List<string>(path?.Depth ?? 0);
        for (var at = path; at is not null; at = at.Parent)
            segments.Add(at._segment);
        segments.Reverse();
        return segments;
    }

    private InstancePath? Parent { get; } = parent;
}
