using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>A trait that a form has an input for.</summary>
/// <param name="Path">The input's name, <c>traits.name.first</c>.</param>
/// <param name="Type">The JSON type: <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>null</c> or <c>array</c>.</param>
/// <param name="Title">The label; null for none.</param>
/// <param name="Format">The format; null for none.</param>
/// <param name="Required">Whether the schema that declares the trait requires it.</param>
/// <param name="Pattern">The regular expression for the text; null for none.</param>
public sealed record TraitField(string Path, string Type, string? Title, string? Format, bool Required, string? Pattern)
{
    /// <summary>Makes the input, without a value.</summary>
    public UiNode ToNode() => UiNode.Input(
        NodeGroup.Default,
        new InputAttributes { Name = Path, Type = InputTypeOf(), Required = Required, Autocomplete = AutocompleteOf(), Pattern = Pattern },
        string.IsNullOrEmpty(Title) ? null : ValidationMessages.TraitLabel(Path, Title));

    private string InputTypeOf() => (Type, Format) switch
    {
        ("number" or "integer", _) => InputType.Number,
        ("boolean", _) => InputType.Checkbox,
        (_, "email") => InputType.Email,
        (_, "tel") => InputType.Telephone,
        (_, "uri") => InputType.Url,
        (_, "date-time") => InputType.DateTime,
        (_, "date") => InputType.Date,
        _ => InputType.Text,
    };

    private string? AutocompleteOf() => InputTypeOf() switch
    {
        InputType.Email => "email",
        InputType.Telephone => "tel",
        InputType.Url => "url",
        _ => null,
    };
}
