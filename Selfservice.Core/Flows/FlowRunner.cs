using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Nodes;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>
/// Runs one kind of flow: creates it, finds it, and takes a submission through the same steps whatever the method. A kind of flow adds only what begins it and
/// what its completion means.
/// </summary>
/// <typeparam name="TFlow">The flow.</typeparam>
/// <typeparam name="TStrategy">What a method must be able to do to take part.</typeparam>
/// <typeparam name="TCompletion">What a completed submission amounts to.</typeparam>
internal abstract class FlowRunner<TFlow, TStrategy, TCompletion>(FlowKind kind, FlowServices services, IEnumerable<IStrategy> strategies)
    where TFlow : Flow
    where TStrategy : class, IStrategy
{
    private readonly TStrategy[] _strategies = [.. strategies.OfType<TStrategy>()];

    protected FlowServices Services => services;

    protected IEnumerable<TStrategy> Enabled => _strategies.Where(s => s.IsEnabled);

    /// <summary>Takes a submission through its steps. Each step may end it; their order is part of the contract.</summary>
    public async Task<FlowOutcome> SubmitAsync(Guid? flowId, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if (RefuseClient(client) is { } refusedClient)
            return refusedClient;
        if (flowId is not { } id)
            return new FlowOutcome.Refused(ErrorObject.BadRequest("The flow query parameter is missing or malformed."));
        var record = await services.Store.ReadAsync((scope, token) => scope.Flows.FindAsync(kind, id, token), cancellationToken).ConfigureAwait(false);
        if (record is null)
            return new FlowOutcome.Refused(ErrorObject.MissingRow);
        var flow = Read(record);
        var outcome = await SubmitKnownAsync(flow, content, client, cancellationToken).ConfigureAwait(false);
        return outcome is FlowOutcome.Refused refused ? refused with { ClientType = flow.ClientType } : outcome;
    }

    private async Task<FlowOutcome> SubmitKnownAsync(TFlow flow, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if (RefuseSession(flow, client) is { } refusedSession)
            return refusedSession;
        if (flow.ExpiresAt <= services.Clock.GetUtcNow())
            return await ReplaceAsync(flow, client, cancellationToken).ConfigureAwait(false);
        if (flow.CompletedAt is not null && !services.Options.Value.FeatureFlags.InsecureAllowCompletedFlowReuse)
            return ShowClosed(flow);
        return await SubmitOpenAsync(flow, content, client, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FlowOutcome> SubmitOpenAsync(TFlow flow, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if (content.Submission is not { } submission)
            return await ShowAgainAsync(flow, [new("", FlowMessages.Generic(content.Fault!))], cancellationToken).ConfigureAwait(false);
        var (strategy, claim) = FindStrategy(flow, submission);
        if (strategy is { IsEnabled: false })
            return new FlowOutcome.Refused(FlowErrors.MethodDisabled);
        if (strategy is null)
            return await ShowAgainAsync(flow, NoStrategy(flow, submission), cancellationToken).ConfigureAwait(false);
        if (claim == Claim.Submit)
        {
            switch (client.Guard.Check(flow, submission.Text("csrf_token")))
            {
                case GuardVerdict.Pass: break;
                case GuardVerdict.Refuse refuse: return new FlowOutcome.Refused(refuse.Error);
                case GuardVerdict.Explain explain:
                    Remember(flow, strategy, submission);
                    return await ShowAgainAsync(flow, [new("", explain.Message)], cancellationToken).ConfigureAwait(false);
                default: throw new System.Diagnostics.UnreachableException();
            }
        }

        // From here on secrets are looked at: the client may go away, counting and committing run to their end.
        return await RunAsync(flow, strategy, claim, submission, client).ConfigureAwait(false);
    }

    private async Task<FlowOutcome> RunAsync(TFlow flow, TStrategy strategy, Claim claim, Submission submission, ClientContext client)
    {
        switch (await SubmitAsync(flow, strategy, submission, client, CancellationToken.None).ConfigureAwait(false))
        {
            case StrategyResult<TCompletion>.Completed completed:
                return await CompleteAsync(flow, strategy, completed.Value, submission, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Rejected rejected:
                Remember(flow, strategy, submission);
                return await ShowAgainAsync(flow, rejected.Messages, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Pending:
                RenewCsrfToken(flow);
                if (SortsSteps)
                    Sorter(flow).Sort(flow.Ui.Nodes);
                await SaveAsync(flow, CancellationToken.None).ConfigureAwait(false);
                if (claim == Claim.Submit)
                    flow.TransientPayload = TransientPayload(submission) ?? [];
                return new FlowOutcome.FormShown(flow, IsStep: true);
            case StrategyResult<TCompletion>.External external:
                await SaveAsync(flow, CancellationToken.None).ConfigureAwait(false);
                return new FlowOutcome.External(external.Location);
            case StrategyResult<TCompletion>.Failed failed:
                return new FlowOutcome.Refused(failed.Error);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private (TStrategy? Strategy, Claim Claim) FindStrategy(TFlow flow, Submission submission)
    {
        foreach (var strategy in Candidates(flow))
            if (strategy.Claims(submission) is var claim and not Claim.None)
                return (strategy, claim);
        return (null, Claim.None);
    }

    /// <summary>Says that a flow was completed before. Nothing is stored: the flow stays as its completion left it.</summary>
    protected static FlowOutcome ShowClosed(TFlow flow)
    {
        flow.Ui.ClearMessages();
        flow.Ui.AddMessage(FlowMessages.AlreadyCompleted);
        return new FlowOutcome.FormShown(flow);
    }

    /// <summary>Shows the form with messages in place of those it had.</summary>
    protected async Task<FlowOutcome> ShowAgainAsync(TFlow flow, IEnumerable<FieldMessage> messages, CancellationToken cancellationToken)
    {
        flow.Ui.ClearMessages();
        foreach (var (key, message) in messages)
            flow.Ui.AddMessage(key, message);
        RenewCsrfToken(flow);
        Sorter(flow).Sort(flow.Ui.Nodes);
        return await SaveAsync(flow, cancellationToken).ConfigureAwait(false) ? new FlowOutcome.FormShown(flow) : ShowClosed(flow);
    }

    /// <summary>Stores a flow that goes on. False when it was completed meanwhile, by a second click or another window.</summary>
    protected Task<bool> SaveAsync(TFlow flow, CancellationToken cancellationToken)
    {
        Touch(flow);
        var record = FlowSerializer.ToRecord(flow);
        return services.Store.WriteAsync((scope, token) => scope.Flows.UpdateAsync(record, token), cancellationToken);
    }

    /// <summary>Closes a flow within the transaction that completes it. False when somebody else closed it first.</summary>
    protected Task<bool> CloseAsync(IStoreScope scope, FlowRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        services.Options.Value.FeatureFlags.InsecureAllowCompletedFlowReuse
            ? scope.Flows.UpdateAsync(record, cancellationToken)
            : scope.Flows.CompleteAsync(record, now, cancellationToken);

    /// <summary>Puts the fields of a new flow in place, stores it and answers it.</summary>
    protected async Task<FlowOutcome> StartAsync(TFlow flow, bool wantsExchangeCode, CancellationToken cancellationToken)
    {
        // A native client's form that nothing asks anything in is empty, not even a token's place is in it.
        if (flow.ClientType == ClientType.Browser || flow.Ui.Nodes.Count > 0)
            flow.Ui.Nodes.Add(UiNode.Input(NodeGroup.Default, new() { Name = "csrf_token", Type = InputType.Hidden, Required = true, Value = JsonValue.Create(MaskedToken(flow)) }));
        Sorter(flow).Sort(flow.Ui.Nodes);
        var record = FlowSerializer.ToRecord(flow);
        var exchange = wantsExchangeCode && flow.ClientType == ClientType.Api ? services.ExchangeCodes.Issue(flow) : null;
        await services.Store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Flows.InsertAsync(record, token).ConfigureAwait(false);
                if (exchange is not null)
                    await scope.Secrets.InsertAsync(exchange, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return new FlowOutcome.Created(flow);
    }

    protected static void RenewCsrfToken(TFlow flow) => flow.Ui.SetValue("csrf_token", JsonValue.Create(MaskedToken(flow)));

    private static string MaskedToken(TFlow flow) => flow.CsrfSecret.IsEmpty ? "" : CsrfTokens.Mask(flow.CsrfSecret.Span);

    private NodeSorter Sorter(TFlow flow)
    {
        var groups = new Dictionary<NodeGroup, int> { [NodeGroup.Default] = SharedNodeOrder };
        var mixing = new HashSet<NodeGroup>();
        foreach (var strategy in _strategies)
        {
            groups.TryAdd(strategy.NodeGroup, strategy.NodeOrder);
            if (strategy.MixesWithShared)
                mixing.Add(strategy.NodeGroup);
        }

        return new(groups, mixing, NodeKeys(flow));
    }

    /// <summary>Where the shared nodes stand among those of methods.</summary>
    private const int SharedNodeOrder = 200;

    protected static JsonObject? TransientPayload(Submission submission) => Submissions.TransientPayload.Read(submission, out _);

    /// <summary>Whether the nodes are put in order after a step; where not, what the step added stays at the end.</summary>
    protected virtual bool SortsSteps => false;

    /// <summary>Whether this client may submit at all; null when it may.</summary>
    protected virtual FlowOutcome? RefuseClient(ClientContext client) => null;

    /// <summary>Whether the session, or its lack, stands against the flow; null when it does not.</summary>
    protected virtual FlowOutcome? RefuseSession(TFlow flow, ClientContext client) => null;

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

    /// <summary>Begins a new flow in place of one that has expired.</summary>
    protected abstract Task<FlowOutcome> ReplaceAsync(TFlow flow, ClientContext client, CancellationToken cancellationToken);

    protected abstract ValueTask<StrategyResult<TCompletion>> SubmitAsync(TFlow flow, TStrategy strategy, Submission submission, ClientContext client, CancellationToken cancellationToken);

    protected abstract Task<FlowOutcome> CompleteAsync(
        TFlow flow, TStrategy strategy, TCompletion completion, Submission submission, ClientContext client, CancellationToken cancellationToken);
}
