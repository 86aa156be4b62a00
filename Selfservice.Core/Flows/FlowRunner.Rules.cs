using System.Diagnostics;
using Selfservice.Errors;
using Selfservice.Nodes;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Flows;

// What a kind of flow may decide, and has to. The steps ask; they know of no kind.
internal abstract partial class FlowRunner<TFlow, TStrategy, TCompletion>
{
    /// <summary>Whether a completed flow may be submitted again, which the contract's origin allows for some kinds.</summary>
    protected virtual bool AllowsReuse => false;

    /// <summary>Whether a submission does something even when the flow was completed before.</summary>
    protected virtual bool WorksClosed(TFlow flow, Submission? submission) => false;

    /// <summary>Whether the form has a place for a CSRF token. A native client's form that nothing asks anything in is empty, not even a token's place is in it.</summary>
    protected virtual bool HasToken(TFlow flow) => flow.ClientType == ClientType.Browser || flow.Ui.Nodes.Count > 0;

    /// <summary>Whether the nodes are put in order after a step; where not, what the step added stays at the end.</summary>
    protected virtual bool SortsSteps => false;

    /// <summary>Whether this client may submit at all; null when it may.</summary>
    protected virtual FlowOutcome? RefuseClient(ClientContext client) => null;

    /// <summary>Looks whether the session, or its lack, stands against the flow; null when it does not.</summary>
    protected virtual ValueTask<FlowOutcome?> EnterAsync(TFlow flow, ClientContext client, CancellationToken cancellationToken) => ValueTask.FromResult<FlowOutcome?>(null);

    /// <summary>Looks whether the session, or its lack, stands against a flow that a browser comes back to; null when it does not.</summary>
    protected virtual ValueTask<FlowOutcome?> ReenterAsync(TFlow flow, ClientContext client, CancellationToken cancellationToken) => ValueTask.FromResult<FlowOutcome?>(null);

    /// <summary>What becomes of a browser that comes back and is signed in; null where the flow goes on all the same.</summary>
    protected virtual Task<FlowOutcome?> MeetSessionAsync(TFlow flow, ClientContext client) => Task.FromResult<FlowOutcome?>(null);

    /// <summary>The outcome for the browser that is here, which need not be the client that began the flow.</summary>
    protected virtual FlowOutcome Delivered(TFlow flow, FlowOutcome outcome, ClientContext client) => outcome;

    /// <summary>Leaves the flow for one of another kind.</summary>
    protected virtual Task<FlowOutcome> ConvertAsync(TFlow flow, FlowOutcome.Converted conversion, ClientContext client) => Task.FromResult<FlowOutcome>(conversion);

    /// <summary>The methods that may claim a submission, in order.</summary>
    protected virtual IEnumerable<TStrategy> Candidates(TFlow flow) => _strategies;

    /// <summary>Shows again what was typed, so that only what is wrong has to be typed anew.</summary>
    protected abstract void Remember(TFlow flow, TStrategy strategy, Submission submission);

    /// <summary>What is said when no method is responsible.</summary>
    protected abstract IEnumerable<FieldMessage> NoStrategy(TFlow flow, Submission submission);

    /// <summary>The keys by which nodes are ordered within their group.</summary>
    protected abstract IReadOnlyList<string> NodeKeys(TFlow flow);

    /// <summary>Notes the time of a change, where the flow shows it.</summary>
    protected virtual void Touch(TFlow flow)
    {
    }

    protected abstract TFlow Read(FlowRecord record);

    /// <summary>A new flow with the form of the given one, that is to take its place; it is not stored yet.</summary>
    protected abstract Task<TFlow> SucceedAsync(TFlow flow, ClientContext client, CancellationToken cancellationToken);

    /// <summary>The message of a flow that takes an expired one's place.</summary>
    protected abstract MessageId ExpiredMessage { get; }

    /// <summary>How clients learn of the flow that takes an expired one's place.</summary>
    protected virtual FlowOutcome AnswerExpired(TFlow flow, TFlow successor, ErrorObject error) => new FlowOutcome.Replaced(successor, error);

    /// <summary>Whether this client may see flows of this kind at all; null when it may.</summary>
    protected virtual FlowOutcome? RefuseVisitor(ClientContext client) => null;

    /// <summary>Whether the client may see the flow; null when it may.</summary>
    protected virtual FlowOutcome? RefuseShowing(FlowRecord record, ClientContext client) =>
        record.ClientType == ClientType.Browser && client.Guard.CheckOwner(record.CsrfSecret) is GuardVerdict.Refuse refuse ? new FlowOutcome.Refused(refuse.Error) : null;

    /// <summary>What clients are told that ask for a flow that has expired.</summary>
    /// <param name="record">The flow.</param>
    /// <param name="initUrl">Where a new one begins.</param>
    protected virtual ErrorObject ExplainExpired(FlowRecord record, string initUrl) => FlowErrors.FlowExpired(kind, record.ClientType, initUrl, Read(record).ReturnTo);

    /// <summary>The flow as clients see it.</summary>
    protected virtual ReadOnlyMemory<byte> Document(FlowRecord record, ClientContext client) => record.Document;

    /// <summary>Whether the submission comes from the client that the flow belongs to.</summary>
    protected virtual GuardVerdict CheckSender(TFlow flow, Submission submission, ClientContext client) => client.Guard.Check(flow, submission.Text(CsrfTokens.FieldName));

    /// <summary>Whether something stands against this submission that its methods need not know of; null when nothing does.</summary>
    protected virtual FlowOutcome? RefuseSubmission(TFlow flow, Submission submission, ClientContext client) => null;

    /// <summary>Tells a client that it may not submit.</summary>
    protected virtual Task<FlowOutcome> ExplainSenderAsync(TFlow flow, Message message, ClientContext client, CancellationToken cancellationToken) =>
        ShowAgainAsync(flow, [new("", message)], client, cancellationToken);

    /// <summary>Whether the answer to a step shows again what the client sent along for hooks.</summary>
    protected virtual bool EchoesPayload(TFlow flow, Submission submission) => true;

    /// <summary>Whether a method claims a submission of this flow.</summary>
    protected virtual Claim ClaimOf(TFlow flow, TStrategy strategy, Submission submission) => strategy.Claims(submission);

    /// <summary>What was kept when the person was sent away to prove who they are; null for nothing.</summary>
    protected virtual Submission? Recall(TFlow flow, ClientContext client) => null;

    /// <summary>Keeps a submission and sends the person away to prove who they are. Only flows of somebody who is signed in have a use for it.</summary>
    protected virtual Task<FlowOutcome> AskForProofAsync(TFlow flow, Submission submission, ClientContext client, CancellationToken cancellationToken) =>
        throw new UnreachableException();

    protected abstract ValueTask<StrategyResult<TCompletion>> SubmitAsync(
        TFlow flow, TStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken);

    protected abstract Task<FlowOutcome> CompleteAsync(
        TFlow flow, TStrategy strategy, TCompletion completion, Submission submission, ClientContext client, CancellationToken cancellationToken);
}
