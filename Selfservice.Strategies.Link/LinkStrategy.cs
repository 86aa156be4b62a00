using Microsoft.Extensions.Options;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Recovery;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Verification;

namespace Selfservice.Strategies.Link;

/// <summary>Proves addresses and lets people back in by links.</summary>
internal sealed class LinkStrategy(IOptions<LinkOptions> options, LinkRecovery recovery, LinkVerification verification) : IRecoveryStrategy, IVerificationStrategy
{
    public const string TokenField = "token";

    public MethodId Id { get; } = new("link");

    public bool IsEnabled => options.Value.Enabled;

    public int NodeOrder => 150;

    public bool RedirectsRestarts => true;

    public Claim Claims(Submission submission) => submission.Text(TokenField) is not null || submission.Method == Id.Name ? Claim.Submit : Claim.None;

    public ValueTask AddNodesAsync(RecoveryFlow flow, CancellationToken cancellationToken)
    {
        LinkNodes.Show(flow);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StrategyResult<RecoveryProof>> RecoverAsync(RecoverySubmission submission, CancellationToken cancellationToken) => recovery.SubmitAsync(submission, cancellationToken);

    public Message ExplainClosed(Submission submission) => submission.Text(TokenField) is null ? RecoveryMessages.AlreadyCompleted : LinkMessages.RecoveryInvalid;

    public IssuedRecovery? Issue(RecoveryFlow flow, Identity identity) => recovery.Issue(flow, identity);

    public ValueTask AddNodesAsync(VerificationFlow flow, CancellationToken cancellationToken)
    {
        LinkNodes.Show(flow);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoreWork> ChallengeAsync(VerificationChallenge challenge, CancellationToken cancellationToken) => verification.ChallengeAsync(challenge, cancellationToken);

    public ValueTask<StrategyResult<AddressProof>> VerifyAsync(VerificationSubmission submission, CancellationToken cancellationToken) => verification.SubmitAsync(submission, cancellationToken);
}
