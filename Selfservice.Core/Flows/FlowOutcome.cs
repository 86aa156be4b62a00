using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Sessions;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>What became of a request to a flow. The host alone turns it into an HTTP answer.</summary>
public abstract record FlowOutcome
{
    private FlowOutcome()
    {
    }

    /// <summary>A flow was begun.</summary>
    /// <param name="Flow">The flow.</param>
    public sealed record Created(Flow Flow) : FlowOutcome
    {
        /// <summary>The flow as it was stored, UTF-8 JSON; empty where its client sees more than that.</summary>
        public ReadOnlyMemory<byte> Document { get; init; }
    }

    /// <summary>The form is to be shown, again or for its next step.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="IsStep">Whether a step succeeded, as opposed to something that has to be put right.</param>
    public sealed record FormShown(Flow Flow, bool IsStep = false) : FlowOutcome
    {
        /// <summary>Whether the request came by a link in a mail: then its sender is a browser, whoever began the flow.</summary>
        public bool FollowsLink { get; init; }

        /// <summary>What the page learns by its URL besides the flow's id, as a query without a question mark; empty for nothing.</summary>
        public string PageQuery { get; init; } = "";
    }

    /// <summary>The flow as a client may see it.</summary>
    /// <param name="Document">The flow, UTF-8 JSON.</param>
    public sealed record Shown(ReadOnlyMemory<byte> Document) : FlowOutcome;

    /// <summary>The flow cannot go on; another took its place.</summary>
    /// <param name="Flow">The new flow.</param>
    /// <param name="Error">What clients other than pages are told; null where they are sent to the new flow's document.</param>
    public sealed record Replaced(Flow Flow, ErrorObject? Error) : FlowOutcome;

    /// <summary>Something else comes first, at another place.</summary>
    /// <param name="Location">Where a browser goes.</param>
    /// <param name="Error">What other clients are told.</param>
    public sealed record Detour(string Location, ErrorObject Error) : FlowOutcome
    {
        /// <summary>Whose flow it was; null while that is unknown. A native client is never sent to a page.</summary>
        public ClientType? ClientType { get; init; }
    }

    /// <summary>Nothing is to be done because somebody is signed in.</summary>
    /// <param name="Location">Where a browser goes.</param>
    /// <param name="Error">What other clients are told.</param>
    /// <param name="Flow">The flow to tell it in, where the contract wants that; null for the error alone.</param>
    public sealed record AlreadySignedIn(string Location, ErrorObject Error, Flow? Flow = null) : FlowOutcome;

    /// <summary>The request is refused.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Refused(ErrorObject Error) : FlowOutcome
    {
        /// <summary>Whose flow it was; null while that is unknown. A native client is never sent to a page.</summary>
        public ClientType? ClientType { get; init; }
    }

    /// <summary>The browser has to go on elsewhere.</summary>
    /// <param name="Location">Where.</param>
    public sealed record External(string Location) : FlowOutcome
    {
        /// <summary>What the browser's continuity cookie holds from now on; null to leave it.</summary>
        public string? ContinuityToken { get; init; }
    }

    /// <summary>Another kind of flow goes on with what this one found out. The engine's own: no client ever sees it.</summary>
    /// <param name="Origin">The flow.</param>
    /// <param name="Kind">The other kind.</param>
    /// <param name="Method">The method that goes on.</param>
    /// <param name="Submission">What was submitted.</param>
    internal sealed record Converted(EntryFlow Origin, FlowKind Kind, MethodId Method, Submission Submission) : FlowOutcome
    {
        /// <summary>What the method found out; null where a link is offered.</summary>
        public object? Proof { get; init; }

        /// <summary>What may be added to an account that is there already, once its owner signs in; null where nothing.</summary>
        public LinkOffer? Link { get; init; }
    }

    /// <summary>Somebody has signed in.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Session">The session, with its identity.</param>
    /// <param name="Token">The session's token: it leaves the process here and only here.</param>
    /// <param name="Location">Where a browser goes.</param>
    public sealed record SignedIn(Flow Flow, Session Session, string Token, string Location) : FlowOutcome
    {
        /// <summary>Whether the session is not shown to its owner before a second factor is proven; <see cref="Location"/> is where a browser does that.</summary>
        public bool NeedsSecondFactor { get; init; }
    }

    /// <summary>Somebody has signed up.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Identity">The new identity.</param>
    /// <param name="Session">The session, where one was asked for; else null.</param>
    /// <param name="Token">The session's token; null without one.</param>
    /// <param name="Location">Where a browser goes.</param>
    public sealed record SignedUp(Flow Flow, Identity Identity, Session? Session, string? Token, string Location) : FlowOutcome;

    /// <summary>A change of one's own account was saved.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Location">Where a browser goes.</param>
    public sealed record SettingsSaved(Flow Flow, string Location) : FlowOutcome
    {
        /// <summary>The session, where the change proved anew who its owner is, so that it lasts longer; null where it is as it was.</summary>
        public Session? Renewed { get; init; }
    }

    /// <summary>Somebody got back into an account.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Session">The session, with its identity.</param>
    /// <param name="Token">The session's token: it leaves the process here and only here.</param>
    /// <param name="Location">Where a browser goes: the page on which a new password can be set.</param>
    /// <param name="TellsNext">Whether clients other than pages are told in the flow what to do next; else they are sent to <paramref name="Location"/>, too.</param>
    public sealed record Recovered(Flow Flow, Session Session, string Token, string Location, bool TellsNext) : FlowOutcome
    {
        /// <summary>Whether the request came by a link in a mail: then its sender is a browser, whoever began the flow.</summary>
        public bool FollowsLink { get; init; }
    }

    /// <summary>The same outcome with a word on whose flow it was about, where that matters.</summary>
    internal FlowOutcome For(ClientType client) => this switch
    {
        Refused refused => refused with { ClientType = client },
        Detour detour => detour with { ClientType = client },
        _ => this,
    };

    /// <summary>The browser goes to the flow's page, whatever else it is: it followed a link that a mail brought.</summary>
    /// <param name="Flow">The flow.</param>
    public sealed record Opened(Flow Flow) : FlowOutcome;

    /// <summary>What the flow came to; null where this outcome does not complete it.</summary>
    internal FlowSuccess? Success { get; init; }

    /// <summary>The 32 bytes that the browser's CSRF cookie holds from now on; empty to leave it. Forms that were given out before are refused then.</summary>
    public ReadOnlyMemory<byte> NewBrowserSecret { get; init; }

    /// <summary>What native and script clients are told to do next, in order.</summary>
    public IReadOnlyList<JsonObject> ContinueWith { get; init; } = [];
}
