using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Flows;

/// <summary>What became of a request to a flow. The host alone turns it into an HTTP answer.</summary>
public abstract record FlowOutcome
{
    private FlowOutcome()
    {
    }

    /// <summary>A flow was begun.</summary>
    /// <param name="Flow">The flow.</param>
    public sealed record Created(Flow Flow) : FlowOutcome;

    /// <summary>The form is to be shown, again or for its next step.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="IsStep">Whether a step succeeded, as opposed to something that has to be put right.</param>
    public sealed record FormShown(Flow Flow, bool IsStep = false) : FlowOutcome;

    /// <summary>The flow had expired; another took its place.</summary>
    /// <param name="Flow">The new flow.</param>
    /// <param name="Error">What clients that do not follow redirects are told.</param>
    public sealed record Replaced(Flow Flow, ErrorObject Error) : FlowOutcome;

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
    public sealed record External(string Location) : FlowOutcome;

    /// <summary>Somebody has signed in.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Session">The session, with its identity.</param>
    /// <param name="Token">The session's token: it leaves the process here and only here.</param>
    /// <param name="Location">Where a browser goes.</param>
    /// <param name="IsOtherPerson">Whether nobody, or somebody else, was signed in before: then the browser gets a new CSRF secret.</param>
    public sealed record SignedIn(Flow Flow, Session Session, string Token, string Location, bool IsOtherPerson) : FlowOutcome;

    /// <summary>Somebody has signed up.</summary>
    /// <param name="Flow">The flow.</param>
    /// <param name="Identity">The new identity.</param>
    /// <param name="Session">The session, where one was asked for; else null.</param>
    /// <param name="Token">The session's token; null without one.</param>
    /// <param name="Location">Where a browser goes.</param>
    public sealed record SignedUp(Flow Flow, Identity Identity, Session? Session, string? Token, string Location) : FlowOutcome;

    /// <summary>What native and script clients are told to do next, in order.</summary>
    public IReadOnlyList<JsonObject> ContinueWith { get; init; } = [];
}
