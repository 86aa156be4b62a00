using Microsoft.AspNetCore.Components;

namespace Selfservice.Courier.Templates;

/// <summary>
/// The base of templates: components that are rendered for the subject, the text and the HTML part of a message in turn. Put what they say into <see cref="MessageLayout"/> and the other
/// message components, which know how each part looks.
/// </summary>
public abstract class MessageTemplate : ComponentBase
{
    /// <summary>What the template sees.</summary>
    [Parameter]
    [EditorRequired]
    public MessageView Message { get; set; } = null!;

    /// <summary>The variable as text; see <see cref="MessageView.Value"/>.</summary>
    /// <param name="path">The path of names that dots separate.</param>
    protected string Value(string path) => Message.Value(path);
}
