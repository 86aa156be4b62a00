using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Recovery;

/// <summary>A submitted recovery.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Client">Who sent it.</param>
public sealed record RecoverySubmission(RecoveryFlow Flow, Submission Submission, ClientContext Client);

/// <summary>Somebody proved that an account is theirs.</summary>
/// <param name="Identity">The account, with credentials.</param>
/// <param name="Method">How; becomes the first method of the session.</param>
/// <param name="Claim">Uses up what proves it, in the transaction that gives access.</param>
public sealed record RecoveryProof(Identity Identity, AuthenticationMethod Method, StoreClaim Claim)
{
    /// <summary>The address that was proven with it; null when an administrator issued the proof.</summary>
    public (string Via, string Value)? Address { get; init; }
}

/// <summary>What an administrator hands on to somebody who cannot get in.</summary>
/// <param name="Secret">The code, or the link's token.</param>
/// <param name="Work">What is to be stored with the flow.</param>
public sealed record IssuedRecovery(string Secret, StoreWork Work);

/// <summary>A method that lets people back in.</summary>
public interface IRecoveryStrategy : IStrategy
{
    /// <summary>Fills a new form: it asks for the address.</summary>
    ValueTask AddNodesAsync(RecoveryFlow flow, CancellationToken cancellationToken);

    /// <summary>Whether it is responsible for a submission of this flow; by default when the field <c>method</c> names it.</summary>
    Claim Claims(RecoveryFlow flow, Submission submission) => Claims(submission);

    /// <summary>Looks at a submission that the method claimed.</summary>
    ValueTask<StrategyResult<RecoveryProof>> RecoverAsync(RecoverySubmission submission, CancellationToken cancellationToken);

    /// <summary>What is said when something is sent to a flow that was completed before.</summary>
    Message ExplainClosed(Submission submission) => RecoveryMessages.AlreadyCompleted;

    /// <summary>Makes a proof that an administrator hands on, and the form that takes it; null when the method has no such.</summary>
    /// <param name="flow">The flow; not stored yet.</param>
    /// <param name="identity">Whose account it is for.</param>
    IssuedRecovery? Issue(RecoveryFlow flow, Identity identity) => null;

    /// <summary>Whether clients other than pages are sent on to the flow that takes another's place, instead of being told of it by an error.</summary>
    bool RedirectsRestarts => false;

    /// <summary>Shows again what was typed, except secrets, when a submission that the method claimed is refused.</summary>
    void Remember(UiContainer ui, Submission submission)
    {
    }
}
