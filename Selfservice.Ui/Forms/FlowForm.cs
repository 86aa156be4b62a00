using Selfservice.Nodes;

namespace Selfservice.Ui.Forms;

/// <summary>A part of the page with one way to go on; parts after the first are set off by "or".</summary>
/// <param name="Group">The group that the part is for.</param>
/// <param name="Elements">What is in it, in order.</param>
internal sealed record FormSection(NodeGroup Group, IReadOnlyList<FormElement> Elements)
{
    /// <summary>What its button came to.</summary>
    public IReadOnlyList<FormMessage> Messages { get; init; } = [];

    /// <summary>The accounts elsewhere that one can sign in with, or could.</summary>
    public IReadOnlyList<LinkedProvider> Accounts { get; init; } = [];

    /// <summary>Whether nothing in it works without a script.</summary>
    public bool NeedsScript => Elements.OfType<ButtonModel>().Any() && Elements.All(e => e is ButtonModel { NeedsScript: true });
}

/// <summary>One HTML form: what it sends unseen, and its sections.</summary>
/// <param name="Hidden">The hidden inputs.</param>
/// <param name="Sections">The visible sections.</param>
internal sealed record FormPart(IReadOnlyList<InputAttributes> Hidden, IReadOnlyList<FormSection> Sections)
{
    /// <summary>Whether it has anything to send; a text or a link needs no form.</summary>
    public bool Sends => Sections.Any(s => s.Elements.Any(e => e is not ContentElement) || s.Accounts.Any(a => a.Button is not null));
}

/// <summary>A flow's form as it is shown.</summary>
internal sealed record FlowForm
{
    public required string Action { get; init; }

    public required string Method { get; init; }

    /// <summary>What is said above everything else.</summary>
    public required IReadOnlyList<FormMessage> Messages { get; init; }

    /// <summary>The HTML forms in order.</summary>
    public required IReadOnlyList<FormPart> Parts { get; init; }

    /// <summary>The form with the buttons that go a step back; null when there is no way back.</summary>
    public FormPart? Back { get; init; }

    /// <summary>The scripts that the page needs.</summary>
    public IReadOnlyList<ScriptAttributes> Scripts { get; init; } = [];

    /// <summary>Whom the form is about when that is settled and hidden; null otherwise.</summary>
    public string? SettledIdentifier { get; init; }

    /// <summary>The address that a code or a link was asked for; null before that.</summary>
    public string? SentTo { get; init; }

    /// <summary>The name of the provider that a registration goes on with once what is missing is filled in; null otherwise.</summary>
    public string? ContinuesWith { get; init; }

    /// <summary>The step of two that a registration is at; 0 when it has one step only.</summary>
    public int Step { get; init; }

    public bool HasErrors => Messages.Any(m => m.Type == MessageType.Error) || Parts.SelectMany(p => p.Sections).Any(s => s.Messages.Any(m => m.Type == MessageType.Error) || s.Elements.Any(e => e.HasError));
}
