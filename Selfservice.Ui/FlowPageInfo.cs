using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Sessions;

namespace Selfservice.Ui;

/// <summary>What a page says about a flow beyond its form.</summary>
public sealed record FlowPageInfo
{
    /// <summary>The kind of the flow.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>Whether somebody who is signed in proves again who they are.</summary>
    public bool Refresh { get; init; }

    /// <summary>Whether signing in adds to the account what somebody tried to sign up with.</summary>
    public bool LinksAccount { get; init; }

    /// <summary>The assurance level that the flow leads to. Default: one factor.</summary>
    public AuthenticatorAssuranceLevel RequestedAal { get; init; } = AuthenticatorAssuranceLevel.Aal1;

    /// <summary>Where the browser goes afterwards; links to other flows carry it along. Null for the default place.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>The flow's state as it is on the wire, for example <c>choose_method</c> or <c>sent_email</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>The group of nodes that the flow's last result is about; it is shown beside that group's button. Null for the form as a whole.</summary>
    public NodeGroup? ResultOf { get; init; }

    /// <summary>The names of providers for people, by their ids; a provider without one is called by its id.</summary>
    public IReadOnlyDictionary<string, string> ProviderNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The ids of the providers that the person of a settings flow can sign in with.</summary>
    public IReadOnlyList<string> LinkedProviders { get; init; } = [];

    /// <summary>Until when the flow can be submitted; null when that is not told.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
