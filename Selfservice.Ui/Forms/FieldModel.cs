using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Ui.Forms;

/// <summary>How much a button stands out.</summary>
internal enum ButtonLook
{
    /// <summary>The one thing that most people do here.</summary>
    Primary,

    /// <summary>Another way.</summary>
    Secondary,

    /// <summary>Away to somebody else, who vouches.</summary>
    Provider,

    /// <summary>A step back.</summary>
    Back,
}

/// <summary>A message in the words that people read.</summary>
internal sealed record FormMessage(MessageType Type, string Text);

/// <summary>One visible element of a form.</summary>
internal abstract record FormElement(UiNode Node)
{
    public IReadOnlyList<FormMessage> Messages { get; init; } = [];

    public string Id { get; init; } = "";

    public bool HasError => Messages.Any(m => m.Type == MessageType.Error);
}

/// <summary>A text, an image, a link or a container.</summary>
internal sealed record ContentElement(UiNode Node, string? Label, ButtonLook Look) : FormElement(Node);

/// <summary>A field with its label.</summary>
internal sealed record FieldModel(UiNode Node, InputAttributes Input, string Label) : FormElement(Node)
{
    public bool Required { get; init; }

    public bool ShowsOptional { get; init; }

    public bool Autofocus { get; init; }

    /// <summary>The id of the form's own error message, when that is about this field as well.</summary>
    public string? DescribedByForm { get; init; }

    public bool IsCheckbox => Input.Type == InputType.Checkbox;

    public bool IsPassword => Input.Type == InputType.Password;

    public string Type => Input.Type switch
    {
        InputType.Text or InputType.Password or InputType.Number or InputType.Email or InputType.Telephone or InputType.DateTime or InputType.Date or InputType.Url => Input.Type,
        _ => InputType.Text,
    };

    /// <summary>What the field shows. A password is never shown again.</summary>
    public string? Value => IsPassword ? null : InputValues.ForDisplay(Input);

    public bool IsChecked => Input.Value is JsonValue value && value.ToString() is "true" or "True" or "1" or "t" or "T" or "TRUE";

    public string? Autocomplete => Input.Autocomplete ?? Input.Name switch
    {
        "identifier" or "password_identifier" => "username",
        "code" => "one-time-code",
        "email" or "recovery_address" => "email",
        _ => null,
    };

    public string? InputMode => Input.Type switch
    {
        InputType.Email => "email",
        InputType.Telephone => "tel",
        InputType.Url => "url",
        InputType.Number => "decimal",
        _ when Autocomplete == "one-time-code" => "numeric",
        _ => null,
    };

    public bool IsFreeText => Type is InputType.Email or InputType.Url || Input.Name is "identifier" or "password_identifier" or "recovery_address" || Autocomplete == "one-time-code";

    // Only these types know the attribute.
    public string? Pattern => Type is InputType.Text or InputType.Telephone or InputType.Email or InputType.Url or InputType.Password ? HtmlPattern.From(Input.Pattern) : null;

    public int? MaxLength => Input.MaxLength > 0 && Type is not (InputType.Number or InputType.Date or InputType.DateTime) ? Input.MaxLength : null;

    public string? DescribedBy => (Messages.Count > 0, DescribedByForm) switch
    {
        (true, null) => Id + "-message",
        (true, var form) => $"{Id}-message {form}",
        (false, var form) => form,
    };
}

/// <summary>A button.</summary>
internal sealed record ButtonModel(UiNode Node, InputAttributes Input, string Label, ButtonLook Look) : FormElement(Node)
{
    /// <summary>Whether it sends the form even if fields that belong to other ways are empty.</summary>
    public bool SkipsValidation { get; init; }

    /// <summary>The provider that it leads to; null for other buttons.</summary>
    public ProviderMark? Provider { get; init; }

    /// <summary>Whether it does nothing without a script.</summary>
    public bool NeedsScript => Input.Type == InputType.Button;

    public string Value => InputValues.ToText(Input.Value);
}
