using System.Text;
using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>One finding of the evaluation, with the findings that caused it.</summary>
internal sealed class Finding(InstancePath? instance, string schemaPointer, string text)
{
    public string Text { get; } = text;

    /// <summary>What to tell the person; null for a finding that is only told by its causes.</summary>
    public Message? Message { get; init; }

    /// <summary>The names of missing properties: each is told at the place where it should have been.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<Finding> Causes { get; init; } = [];

    /// <summary>Whether it follows from the trait's use as identifier or address, not from a rule of the schema.</summary>
    public bool FromExtension { get; init; }

    public string Line => $"I[{InstancePath.Pointer(instance)}] S[{schemaPointer}] {Text}";

    public void Dump(StringBuilder text, int depth)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(' ', depth * 2).Append(Line);
        foreach (var cause in Causes)
            cause.Dump(text, depth + 1);
    }

    /// <summary>The findings that people are told of, in order.</summary>
    public IEnumerable<SchemaViolation> Leaves(bool fromExtension)
    {
        if (Causes.Count > 0)
            return Causes.SelectMany(c => c.Leaves(fromExtension));
        if (FromExtension != fromExtension)
            return [];
        if (Missing.Count > 0)
            return Missing.Select(name => new SchemaViolation(InstancePath.NodeKey(new InstancePath(instance, name)), ValidationMessages.Missing(name), Line));
        return [new SchemaViolation(InstancePath.NodeKey(instance), Message ?? ValidationMessages.Reason(Text), Line)];
    }
}
