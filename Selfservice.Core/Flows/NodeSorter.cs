using Selfservice.Nodes;

namespace Selfservice.Flows;

/// <summary>
/// Puts the nodes of a form in the contract's order: first by where methods place their groups, then within a group by key. The second pass compares
/// neighbours only and stops at the first that is in place, because clients rely on the order that this gives where groups meet.
/// </summary>
/// <param name="groups">Where each group stands; a group that is not listed comes first.</param>
/// <param name="mixing">Groups whose nodes are mixed with the shared ones.</param>
/// <param name="keys">Keys in order; a node belongs to the first that its own key begins with.</param>
internal sealed class NodeSorter(IReadOnlyDictionary<NodeGroup, int> groups, IReadOnlySet<NodeGroup> mixing, IReadOnlyList<string> keys)
{
    public void Sort(NodeList nodes)
    {
        var ordered = nodes.OrderBy(n => groups.GetValueOrDefault(n.Group, -1)).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            for (var j = i; j > 0 && IsLess(ordered[j], ordered[j - 1]); j--)
                (ordered[j - 1], ordered[j]) = (ordered[j], ordered[j - 1]);
        for (var i = 0; i < ordered.Length; i++)
            nodes[i] = ordered[i];
    }

    private bool IsLess(UiNode a, UiNode b)
    {
        if (a.Group != b.Group && !(IsShared(a.Group) && IsShared(b.Group)))
            return false;
        var (x, y) = (Position(a.Key), Position(b.Key));
        return x != y ? x < y : string.CompareOrdinal(ValueText(a), ValueText(b)) < 0;
    }

    private bool IsShared(NodeGroup group) => group == NodeGroup.Default || mixing.Contains(group);

    private int Position(string key)
    {
        if (key == "method")
            return int.MaxValue;
        for (var i = 0; i < keys.Count; i++)
            if (key.StartsWith(keys[i], StringComparison.Ordinal))
                return i;
        return keys.Count;
    }

    private static string ValueText(UiNode node) => node.Attributes is InputAttributes { Value: { } value } ? value.ToString() : "<nil>";
}
