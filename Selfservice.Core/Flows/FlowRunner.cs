using System.Diagnostics;
using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Hooks;
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

    protected FlowKind Kind => kind;

    protected IEnumerable<TStrategy> Enabled => _strategies.Where(s => s.IsEnabled);

    /// <summary>Takes a submission through its steps. Each step may end it; their order is part of the contract.</summary>
    public async Task<FlowOutcome> SubmitAsync(Guid? flowId, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if (RefuseClient(client) is { } refusedClient)
            return refusedClient;
        if (flowId is not { } id)
            return new FlowOutcome.Refused(ErrorObject.BadRequest("The flow query parameter is missing or malformed."));
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return new FlowOutcome.Refused(FlowErrors.UnknownOnSubmit(kind));
        var flow = Read(record);
        return (await SubmitKnownAsync(flow, content, client, cancellationToken).ConfigureAwait(false)).For(flow.ClientType);
    }

    /// <summary>The flow as a client may see it.</summary>
    public async Task<FlowOutcome> ShowAsync(Guid? flowId, ClientContext client, CancellationToken cancellationToken)
    {
        if (RefuseVisitor(client) is { } refusedVisitor)
            return refusedVisitor;
        if (flowId is not { } id || await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return new FlowOutcome.Refused(ErrorObject.MissingRow);
        if (RefuseShowing(record, client) is { } refused)
            return refused;
        if (record.ExpiresAt > services.Clock.GetUtcNow())
            return new FlowOutcome.Shown(Document(record, client));
        var init = $"{client.PublicUrl}/self-service/{kind}/{(record.ClientType == ClientType.Browser ? "browser" : "api")}";
        return new FlowOutcome.Refused(ExplainExpired(record, init));
    }

    protected Task<FlowRecord?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        services.Store.ReadAsync((scope, token) => scope.Flows.FindAsync(kind, id, token), cancellationToken);

    private async Task<FlowOutcome> SubmitKnownAsync(TFlow flow, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if (await EnterAsync(flow, client, cancellationToken).ConfigureAwait(false) is { } refused)
            return refused;
        if (flow.ExpiresAt <= services.Clock.GetUtcNow())
            return await ReplaceExpiredAsync(flow, flow.ExpiresAt, client, cancellationToken).ConfigureAwait(false);
        if (flow.CompletedAt is not null && !AllowsReuse && !WorksClosed(flow, content.Submission))
            return await AnswerClosedAsync(flow, content.Submission, client, cancellationToken).ConfigureAwait(false);
        return await SubmitOpenAsync(flow, content, client, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FlowOutcome> SubmitOpenAsync(TFlow flow, SubmissionContent content, ClientContext client, CancellationToken cancellationToken)
    {
        if ((content.Submission ?? Asked(flow, content.Query) ?? (content.MayResume ? Recall(flow, client) : null)) is not { } submission)
            return await ShowAgainAsync(flow, [new("", FlowMessages.Generic(content.Fault!))], client, cancellationToken).ConfigureAwait(false);
        var (strategy, claim) = FindStrategy(flow, submission);
        if (strategy is { IsEnabled: false } || (strategy is null && !IsOn(submission.Method) && ContractMethods.IsSwitchedOff(kind, submission.Method)))
            return new FlowOutcome.Refused(FlowErrors.MethodDisabled);
        if (strategy is null)
            return await ShowAgainAsync(flow, NoStrategy(flow, submission), client, cancellationToken).ConfigureAwait(false);
        if (RefuseSubmission(flow, submission, client) is { } refused)
            return refused;
        if (claim == Claim.Submit)
        {
            switch (CheckSender(flow, submission, client))
            {
                case GuardVerdict.Pass: break;
                case GuardVerdict.Refuse refuse: return new FlowOutcome.Refused(refuse.Error);
                case GuardVerdict.Explain explain:
                    Remember(flow, strategy, submission);
                    return await ExplainSenderAsync(flow, explain.Message, client, cancellationToken).ConfigureAwait(false);
                default: throw new UnreachableException();
            }
        }

        // From here on secrets are looked at: the client may go away, counting and committing run to their end.
        return await RunAsync(flow, strategy, claim, submission, client, default).ConfigureAwait(false);
    }

    private bool IsOn(string? method) => Array.Exists(_strategies, s => s.IsEnabled && s.Id.Name == method);

    /// <summary>The fields in a request's query, where a method takes them.</summary>
    private Submission? Asked(TFlow flow, Submission? query) =>
        query is not null && Candidates(flow).Any(s => s.TakesQuery && ClaimOf(flow, s, query) is not Claim.None) ? query : null;

    /// <summary>Goes on with a flow whose browser comes back from where a method had sent it.</summary>
    /// <param name="flowId">The flow, as the method found it.</param>
    /// <param name="method">The method.</param>
    /// <param name="callback">What the browser brings.</param>
    /// <param name="client">The browser.</param>
    /// <param name="cancellationToken">Stops the reading part.</param>
    public async Task<FlowOutcome> ResumeAsync(Guid flowId, ICallbackStrategy method, Callback callback, ClientContext client, CancellationToken cancellationToken)
    {
        if (method is not TStrategy strategy || await FindAsync(flowId, cancellationToken).ConfigureAwait(false) is not { } record)
            return new FlowOutcome.Refused(ErrorObject.MissingRow);
        var flow = Read(record);
        flow.ComesBack = true;
        var now = services.Clock.GetUtcNow();
        if (flow.ExpiresAt <= now)
            return new FlowOutcome.Refused(FlowErrors.FlowExpiredMeanwhile(flow.ExpiresAt, now));
        if (await ReenterAsync(flow, client, cancellationToken).ConfigureAwait(false) is { } refused)
            return refused;
        switch (method.Check(flow, callback, client))
        {
            case GuardVerdict.Pass: break;
            case GuardVerdict.Refuse refuse: return new FlowOutcome.Refused(refuse.Error);
            case GuardVerdict.Explain explain: return Delivered(flow, await ShowAgainAsync(flow, [new("", explain.Message)], client, CancellationToken.None).ConfigureAwait(false), client);
            default: throw new UnreachableException();
        }

        if (await MeetSessionAsync(flow, client).ConfigureAwait(false) is { } signedIn)
            return signedIn;
        var submission = services.Kept.Find(flow, KeptSubmission.UntilBack) ?? Submission.FromForm([]);
        var outcome = await RunAsync(flow, strategy, Claim.Submit, submission, client, new(Callback: callback)).ConfigureAwait(false);
        return Delivered(flow, outcome, client).For(flow.ClientType);
    }

    protected async Task<FlowOutcome> RunAsync(TFlow flow, TStrategy strategy, Claim claim, Submission submission, ClientContext client, Arrival arrival)
    {
        switch (await SubmitAsync(flow, strategy, submission, client, arrival, CancellationToken.None).ConfigureAwait(false))
        {
            case StrategyResult<TCompletion>.Completed completed:
                return await CompleteAsync(flow, strategy, completed.Value, submission, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Rejected rejected:
                Remember(flow, strategy, submission);
                return await ShowAgainAsync(flow, rejected.Messages, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Pending pending:
                RenewCsrfToken(flow);
                if (SortsSteps)
                    Sort(flow);
                if (!await SaveAsync(flow, pending.Work, CancellationToken.None).ConfigureAwait(false))
                    return await AnswerClosedAsync(flow, submission, client, CancellationToken.None).ConfigureAwait(false);
                services.Outbox.Wake();
                if (claim == Claim.Submit && EchoesPayload(flow, submission))
                    flow.TransientPayload = TransientPayload(submission) ?? [];
                return new FlowOutcome.FormShown(flow, IsStep: true);
            case StrategyResult<TCompletion>.Restart restart:
                return await RestartAsync(flow, restart.Message, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Expired expired:
                return await ReplaceExpiredAsync(flow, expired.At, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Unprivileged:
                return await AskForProofAsync(flow, submission, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.External external:
                services.Kept.Keep(flow, KeptSubmission.UntilBack, submission);
                return await SaveAsync(flow, external.Work, CancellationToken.None).ConfigureAwait(false)
                    ? new FlowOutcome.External(external.Location) { ContinuityToken = external.ContinuityToken }
                    : await AnswerClosedAsync(flow, submission, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Converted when flow.CompletedAt is not null && !AllowsReuse:
                // Another window completed it while this browser was elsewhere: what is over becomes nothing else.
                return await AnswerClosedAsync(flow, submission, client, CancellationToken.None).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Converted converted when flow is EntryFlow entry:
                return await ConvertAsync(flow, new FlowOutcome.Converted(entry, converted.Kind, strategy.Id, submission) { Proof = converted.Proof }, client).ConfigureAwait(false);
            case StrategyResult<TCompletion>.Failed failed:
                return new FlowOutcome.Refused(failed.Error);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Lets the hooks before the commit speak, in order. Null when the flow may go on; the outcome that ends it otherwise.</summary>
    protected Task<FlowOutcome?> AskHooksAsync<TDraft>(TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, ClientContext client, CancellationToken cancellationToken)
        where TDraft : HookDraft =>
        AskHooksAsync(flow, hooks, draft, veto => ShowAgainAsync(flow, veto.Messages, client, cancellationToken), cancellationToken);

    private static async Task<FlowOutcome?> AskHooksAsync<TDraft>(
        TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, Func<HookVerdict.Veto, Task<FlowOutcome>> show, CancellationToken cancellationToken)
        where TDraft : HookDraft
    {
        foreach (var hook in hooks)
        {
            switch (await hook.BeforeCommitAsync(draft, cancellationToken).ConfigureAwait(false))
            {
                case HookVerdict.Proceed: continue;
                case HookVerdict.Veto veto: return await show(veto).ConfigureAwait(false);
                case HookVerdict.Refuse refuse: return new FlowOutcome.Refused(refuse.Error) { ClientType = flow.ClientType };
                case HookVerdict.Divert { Error: { } error } divert: return new FlowOutcome.Detour(divert.Location, error) { ClientType = flow.ClientType };
                case HookVerdict.Divert divert: return new FlowOutcome.External(divert.Location);
                default: throw new UnreachableException();
            }
        }

        return null;
    }

    /// <summary>Tells the hooks after the commit, in order. Null when all went well; else what the client is told, though everything is stored.</summary>
    protected static async Task<FlowOutcome?> TellHooksAsync<TDraft>(TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, CancellationToken cancellationToken)
        where TDraft : HookDraft
    {
        try
        {
            foreach (var hook in hooks)
                await hook.AfterCommitAsync(draft, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HookFailedException e)
        {
            return new FlowOutcome.Refused(e.Error) { ClientType = flow.ClientType };
        }
    }

    /// <summary>Begins another flow in place of one that has expired.</summary>
    protected async Task<FlowOutcome> ReplaceExpiredAsync(TFlow flow, DateTimeOffset expiredAt, ClientContext client, CancellationToken cancellationToken)
    {
        var now = services.Clock.GetUtcNow();
        var successor = await SucceedAsync(flow, client, cancellationToken).ConfigureAwait(false);
        successor.Ui.AddMessage(FlowMessages.Expired(ExpiredMessage, kind, expiredAt, now));
        if (await StartAsync(successor, wantsExchangeCode: false, client, cancellationToken).ConfigureAwait(false) is not FlowOutcome.Created and var refused)
            return refused;
        return AnswerExpired(flow, successor, FlowErrors.FlowExpiredOnSubmit(expiredAt, now, successor.Id));
    }

    /// <summary>Begins another flow in place of one that cannot go on, and says why.</summary>
    protected virtual async Task<FlowOutcome> RestartAsync(TFlow flow, Message message, ClientContext client, CancellationToken cancellationToken)
    {
        var successor = await SucceedAsync(flow, client, cancellationToken).ConfigureAwait(false);
        successor.Ui.AddMessage(message);
        if (await StartAsync(successor, wantsExchangeCode: false, client, cancellationToken).ConfigureAwait(false) is not FlowOutcome.Created and var refused)
            return refused;
        return new FlowOutcome.Replaced(successor, FlowErrors.FlowReplaced(message, successor.Id));
    }

    private (TStrategy? Strategy, Claim Claim) FindStrategy(TFlow flow, Submission submission)
    {
        foreach (var strategy in Candidates(flow))
            if (ClaimOf(flow, strategy, submission) is var claim and not Claim.None)
                return (strategy, claim);
        return (null, Claim.None);
    }

    /// <summary>Says that a flow was completed before. Nothing is stored: the flow stays as its completion left it.</summary>
    protected virtual Task<FlowOutcome> AnswerClosedAsync(TFlow flow, Submission? submission, ClientContext client, CancellationToken cancellationToken)
    {
        flow.Ui.ClearMessages();
        flow.Ui.AddMessage(FlowMessages.AlreadyCompleted);
        return Task.FromResult<FlowOutcome>(new FlowOutcome.FormShown(flow));
    }

    /// <summary>Shows the form with messages in place of those it had.</summary>
    protected async Task<FlowOutcome> ShowAgainAsync(TFlow flow, IEnumerable<FieldMessage> messages, ClientContext client, CancellationToken cancellationToken)
    {
        flow.Ui.ClearMessages();
        foreach (var (key, message) in messages)
            flow.Ui.AddMessage(key, message);
        RenewCsrfToken(flow);
        Sort(flow);
        return await SaveAsync(flow, null, cancellationToken).ConfigureAwait(false)
            ? new FlowOutcome.FormShown(flow)
            : await AnswerClosedAsync(flow, null, client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a flow that goes on. False when it was completed meanwhile, by a second click or another window.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="work">What else the same transaction writes; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the transaction.</param>
    protected Task<bool> SaveAsync(TFlow flow, StoreWork? work, CancellationToken cancellationToken)
    {
        Touch(flow);
        var record = FlowSerializer.ToRecord(flow);
        return services.Store.WriteAsync(
            async (scope, token) =>
            {
                if (!await scope.Flows.UpdateAsync(record, token).ConfigureAwait(false))
                    return false;
                if (work is not null)
                    await work(scope, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Closes a flow within the transaction that completes it. False when somebody else closed it first.</summary>
    protected Task<bool> CloseAsync(IStoreScope scope, FlowRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        AllowsReuse
            ? scope.Flows.UpdateAsync(record, cancellationToken)
            : scope.Flows.CompleteAsync(record, now, cancellationToken);

    /// <summary>Puts the fields of a new flow in place, stores it and answers it; hooks may refuse it, and then it is not stored.</summary>
    protected async Task<FlowOutcome> StartAsync(TFlow flow, bool wantsExchangeCode, ClientContext client, CancellationToken cancellationToken)
    {
        Finish(flow);
        var start = new FlowStart { Flow = flow, Client = client };
        var run = services.StartHooks.For(services.Options.Value.Flows.BeforeOf(kind).Hooks);
        if (await AskHooksAsync(flow, run, start, RefuseStart, cancellationToken).ConfigureAwait(false) is { } refused)
            return refused;
        var exchange = wantsExchangeCode && flow is EntryFlow { ClientType: ClientType.Api } entry ? services.ExchangeCodes.Issue(entry) : null;
        var record = FlowSerializer.ToRecord(flow);
        await services.Store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Flows.InsertAsync(record, token).ConfigureAwait(false);
                if (exchange is not null)
                    await scope.Secrets.InsertAsync(exchange, token).ConfigureAwait(false);
                await start.WriteAsync(scope, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return await TellHooksAsync(flow, run, start, cancellationToken).ConfigureAwait(false) ?? new FlowOutcome.Created(flow) { Document = FlowSerializer.IsStoredWhole(flow) ? record.Document : default };

        // There is no form yet that could be shown again: messages become the error's reason.
        Task<FlowOutcome> RefuseStart(HookVerdict.Veto veto) =>
            Task.FromResult<FlowOutcome>(new FlowOutcome.Refused(ErrorObject.BadRequest(string.Join(' ', veto.Messages.Select(m => m.Message.Text)))) { ClientType = flow.ClientType });
    }

    /// <summary>Gives the form what methods do not add, and its order.</summary>
    protected void Finish(TFlow flow)
    {
        if (flow.Ui.Nodes.Find(CsrfTokens.FieldName) is null && HasToken(flow))
            flow.Ui.Nodes.Add(CsrfTokens.Node(flow));
        Sort(flow);
    }

    protected static void RenewCsrfToken(TFlow flow) => flow.Ui.SetValue(CsrfTokens.FieldName, JsonValue.Create(CsrfTokens.TokenOf(flow)));

    protected virtual void Sort(TFlow flow) => Sorter(flow).Sort(flow.Ui.Nodes);

    private NodeSorter Sorter(TFlow flow)
    {
        var groups = new Dictionary<NodeGroup, int> { [NodeGroup.Default] = SharedNodeOrder };
        var mixing = new HashSet<NodeGroup>();
        foreach (var strategy in _strategies)
        {
            groups.TryAdd(strategy.NodeGroup, strategy.NodeOrderIn(kind));
            if (strategy.MixesWithShared)
                mixing.Add(strategy.NodeGroup);
        }

        return new(groups, mixing, NodeKeys(flow));
    }

    /// <summary>Where the shared nodes stand among those of methods.</summary>
    private const int SharedNodeOrder = 200;

    protected static JsonObject? TransientPayload(Submission submission) => Submissions.TransientPayload.Read(submission, out _);

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
