using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>One rule that the traits break.</summary>
/// <param name="NodeKey">The node that the message belongs to, <c>traits.name.first</c>; empty for the form as a whole.</param>
/// <param name="Message">What to tell the person.</param>
/// <param name="DumpText">The line of the admin API, <c>I[#/traits/age] S[#/properties/traits/properties/age/minimum] must be &gt;= 1 but found -1</c>.</param>
public sealed record SchemaViolation(string NodeKey, Message Message, string DumpText);
