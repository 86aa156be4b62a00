namespace Selfservice.Courier.Templates;

/// <summary>What a template is rendered for. The same component is rendered for each, so that all parts tell the same.</summary>
public enum MessagePart
{
    /// <summary>The subject of a mail.</summary>
    Subject,

    /// <summary>The plain text.</summary>
    Text,

    /// <summary>The HTML part of a mail.</summary>
    Html,
}
