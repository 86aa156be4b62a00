namespace Selfservice.Schemas;

/// <summary>A path that a form may carry, with what is needed to turn its text into JSON.</summary>
/// <param name="Path">The dotted path, <c>traits.name</c>.</param>
/// <param name="Type">The JSON type: <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>null</c>, <c>object</c> or <c>array</c>; null when the schema allows several.</param>
/// <param name="ItemType">The JSON type of an array's items; null when it is no array or its items have no single type.</param>
/// <param name="Required">Whether the schema that declares the path requires it.</param>
public sealed record TraitPath(string Path, string? Type, string? ItemType, bool Required);
