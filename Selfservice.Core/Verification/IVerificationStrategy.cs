using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Verification;

/// <summary>A submitted verification.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Client">Who sent it.</param>
public sealed record VerificationSubmission(VerificationFlow Flow, Submission Submission, ClientContext Client);

/// <summary>An address whose proof is asked for without its owner's asking: after a registration or a change.</summary>
/// <param name="Flow">The flow that the proof is given in; not stored yet.</param>
/// <param name="Identity">Whose address it is.</param>
/// <param name="Address">The address.</param>
/// <param name="Client">Who caused it.</param>
/// <param name="IsDecoy">Whether it only has to look so, because the address belongs to somebody else and nobody may learn that: the same work is done, and nothing is sent.</param>
public sealed record VerificationChallenge(VerificationFlow Flow, Identity Identity, VerifiableAddress Address, ClientContext Client, bool IsDecoy = false);

/// <summary>Somebody proved an address.</summary>
/// <param name="IdentityId">Whose it is.</param>
/// <param name="Via">Its channel.</param>
/// <param name="Value">The address.</param>
/// <param name="Claim">Uses up what proves it, in the transaction that notes the proof.</param>
public sealed record AddressProof(Guid IdentityId, string Via, string Value, StoreClaim Claim);

/// <summary>A method that proves addresses.</summary>
public interface IVerificationStrategy : IStrategy
{
    /// <summary>Fills a new form: it asks for the address.</summary>
    ValueTask AddNodesAsync(VerificationFlow flow, CancellationToken cancellationToken);

    /// <summary>Sends a proof to an address and turns the form into the one that takes it.</summary>
    /// <returns>What is to be stored with the flow.</returns>
    ValueTask<StoreWork> ChallengeAsync(VerificationChallenge challenge, CancellationToken cancellationToken);

    /// <summary>Looks at a submission that the method claimed.</summary>
    ValueTask<StrategyResult<AddressProof>> VerifyAsync(VerificationSubmission submission, CancellationToken cancellationToken);

    /// <summary>Whether clients other than pages are sent on to the flow that takes another's place, instead of being told of it by an error.</summary>
    bool RedirectsRestarts => false;

    /// <summary>Shows again what was typed, except secrets, when a submission that the method claimed is refused.</summary>
    void Remember(UiContainer ui, Submission submission)
    {
    }
}
