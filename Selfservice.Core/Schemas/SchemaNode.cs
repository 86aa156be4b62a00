using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <summary>One schema of the document, ready to be evaluated. The compiler fills it, afterwards it never changes, so threads share it.</summary>
internal sealed class SchemaNode(string pointer)
{
    /// <summary>The place in the document, <c>#/properties/traits</c>.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>The answer of a boolean schema; null for an object.</summary>
    public bool? Always { get; set; }

    public SchemaNode? Reference { get; set; }
    public string ReferenceText { get; set; } = "";

    public JsonTypes Types { get; set; }
    public string[] TypeNames { get; set; } = [];
    public JsonConstant? Constant { get; set; }
    public JsonConstant[]? Enumeration { get; set; }
    public string? Format { get; set; }
    public Func<string, bool>? FormatCheck { get; set; }
    public string? Title { get; set; }
    public TraitExtension? Extension { get; set; }

    /// <summary>Properties by name, and without a name the branches for the same value, in the order of the document: where traits are declared.</summary>
    public List<(string? Name, SchemaNode Schema)> Children { get; } = [];

    public SchemaNode? Not { get; set; }
    public SchemaNode[] AllOf { get; set; } = [];
    public SchemaNode[] AnyOf { get; set; } = [];
    public SchemaNode[] OneOf { get; set; } = [];
    public SchemaNode? If { get; set; }
    public SchemaNode? Then { get; set; }
    public SchemaNode? Else { get; set; }

    public long? MinProperties { get; set; }
    public long? MaxProperties { get; set; }
    public string[] Required { get; set; } = [];
    public KeyValuePair<string, SchemaNode>[] Properties { get; set; } = [];
    public Dictionary<string, SchemaNode> PropertyByName { get; } = new(StringComparer.Ordinal);
    public PatternProperty[] PatternProperties { get; set; } = [];
    public SchemaNode? AdditionalProperties { get; set; }
    public Dependency[] Dependencies { get; set; } = [];
    public SchemaNode? PropertyNames { get; set; }

    public long? MinItems { get; set; }
    public long? MaxItems { get; set; }
    public bool UniqueItems { get; set; }
    public SchemaNode? Items { get; set; }
    public SchemaNode[]? TupleItems { get; set; }
    public SchemaNode? AdditionalItems { get; set; }
    public SchemaNode? Contains { get; set; }

    public long? MinLength { get; set; }
    public long? MaxLength { get; set; }
    public Regex? Pattern { get; set; }
    public string PatternText { get; set; } = "";

    public JsonNumber? Minimum { get; set; }
    public JsonNumber? Maximum { get; set; }
    public JsonNumber? ExclusiveMinimum { get; set; }
    public JsonNumber? ExclusiveMaximum { get; set; }
    public JsonNumber? MultipleOf { get; set; }

    public bool HasStringRules => MinLength is not null || MaxLength is not null || Pattern is not null;

    public bool HasNumberRules =>
        Minimum is not null || Maximum is not null || ExclusiveMinimum is not null || ExclusiveMaximum is not null || MultipleOf is not null;

    /// <summary>The schemas that are applied to the same value as this one.</summary>
    public IEnumerable<SchemaNode> InPlace
    {
        get
        {
            SchemaNode?[] single = [Reference, Not, If, Then, Else];
            return single.OfType<SchemaNode>().Concat(AllOf).Concat(AnyOf).Concat(OneOf).Concat(Dependencies.Select(d => d.Schema).OfType<SchemaNode>());
        }
    }
}

internal readonly record struct PatternProperty(Regex Pattern, SchemaNode Schema);

/// <summary>What has to hold when a property exists: either other properties or a schema.</summary>
internal readonly record struct Dependency(string Property, string[]? Required, SchemaNode? Schema);

[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    String = 32,
    Integer = 64,
}
