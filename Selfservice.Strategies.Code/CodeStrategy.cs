using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Recovery;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Verification;

namespace Selfservice.Strategies.Code;

/// <summary>Proves addresses and lets people back in by codes of six digits.</summary>
internal sealed class CodeStrategy(IOptions<CodeOptions> options, IOptions<SelfserviceOptions> shared, CodeRecovery recovery, CodeRecoveryByChoice choice, CodeVerification verification)
    : IRecoveryStrategy, IVerificationStrategy
{
    /// <summary>The field that carries the code of a mail's link.</summary>
    public const string LinkField = "token";

    public MethodId Id { get; } = new("code");

    public bool IsEnabled => options.Value.Enabled;

    public int NodeOrder => 100;

    public ValueTask AddNodesAsync(RecoveryFlow flow, CancellationToken cancellationToken)
    {
        if (shared.Value.FeatureFlags.ChooseRecoveryAddress)
            CodeRecoveryByChoice.Begin(flow);
        else
            CodeRecovery.Begin(flow);
        return ValueTask.CompletedTask;
    }

    public Claim Claims(RecoveryFlow flow, Submission submission)
    {
        if (!IsEnabled)
            return Claim.None;
        if (submission.Method is not null)
            return submission.Method == Id.Name ? Claim.Submit : Claim.None;
        // Where only one thing can be meant, the method need not be named.
        var isPlain = flow.Active == Id && (CodeRecoveryByChoice.IsState(flow.State) || (flow.State == Flows.FlowState.SentEmail && submission.Text("email") is null));
        return isPlain ? Claim.Submit : Claim.None;
    }

    public ValueTask<StrategyResult<RecoveryProof>> RecoverAsync(RecoverySubmission submission, CancellationToken cancellationToken) =>
        CodeRecoveryByChoice.IsState(submission.Flow.State) ? choice.SubmitAsync(submission, cancellationToken) : recovery.SubmitAsync(submission, cancellationToken);

    public Message ExplainClosed(Submission submission) =>
        submission.Text("email") is null && submission.Text("code") is not null ? CodeMessages.AlreadyUsed : RecoveryMessages.AlreadyCompleted;

    public IssuedRecovery? Issue(RecoveryFlow flow, Identity identity) => recovery.Issue(flow, identity);

    public ValueTask AddNodesAsync(VerificationFlow flow, CancellationToken cancellationToken)
    {
        CodeVerification.Begin(flow);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoreWork> ChallengeAsync(VerificationChallenge challenge, CancellationToken cancellationToken) => verification.ChallengeAsync(challenge, cancellationToken);

    public Claim Claims(Submission submission) => submission.Method switch
    {
        "code" => Claim.Submit,
        null => submission.Text("code") is null && submission.Text(LinkField) is null ? Claim.None : Claim.Submit,
        // Another method's name is that method's; a name that means nothing is told so, at the field.
        "link" => Claim.None,
        _ => Claim.Submit,
    };

    public ValueTask<StrategyResult<AddressProof>> VerifyAsync(VerificationSubmission submission, CancellationToken cancellationToken) => verification.SubmitAsync(submission, cancellationToken);
}
