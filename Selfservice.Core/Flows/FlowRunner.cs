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
internal abstract partial class FlowRunner<TFlow, TStrategy, TCompletion>(FlowKind kind, FlowServices services, IEnumerable<IStrategy> strategies)
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
        flow.IsForeign = RefuseShowing(record, client) is not null;
        var outcome = await SubmitKnownAsync(flow, content, client, cancellationToken).ConfigureAwait(false);
        if (flow.IsForeign && outcome is (FlowOutcome.FormShown or FlowOutcome.AlreadySignedIn { Flow: not null }))
            Hide(flow, client);
        // What a method took part in was told there.
        if (flow.Performer is null)
            services.Events.Answered(flow, outcome);
        return outcome.For(flow.ClientType);
    }

    /// <summary>Makes a flow fit to be shown to somebody whose it is not: an empty form, with a token of their own. An id is in histories and logs; it proves nothing.</summary>
    private static void Hide(TFlow flow, ClientContext client)
    {
        flow.Ui.ForgetValues();
        flow.CsrfSecret = client.Guard.BrowserSecret();
        RenewCsrfToken(flow);
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
        if (claim == Claim.Submit || (claim == Claim.Navigate && flow.IsForeign))
        {
            switch (CheckSender(flow, submission, client))
            {
                case GuardVerdict.Pass:
                    flow.IsForeign = false;
                    break;
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
        flow.Performer = strategy.Id;
        if (await CheckCallbackAsync(flow, method, callback, client, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            services.Events.Answered(flow, stopped);
            return Delivered(flow, stopped, client);
        }

        if (await MeetSessionAsync(flow, client).ConfigureAwait(false) is { } signedIn)
        {
            services.Events.Answered(flow, signedIn);
            return signedIn;
        }

        var submission = services.Kept.Find(flow, KeptSubmission.UntilBack) ?? Submission.FromForm([]);
        var outcome = await RunAsync(flow, strategy, Claim.Submit, submission, client, new(Callback: callback)).ConfigureAwait(false);
        return Delivered(flow, outcome, client).For(flow.ClientType);
    }

    /// <summary>What stands against going on with a flow that a browser comes back to; null when nothing does.</summary>
    private async Task<FlowOutcome?> CheckCallbackAsync(TFlow flow, ICallbackStrategy method, Callback callback, ClientContext client, CancellationToken cancellationToken)
    {
        var now = services.Clock.GetUtcNow();
        if (flow.ExpiresAt <= now)
            return new FlowOutcome.Refused(FlowErrors.FlowExpiredMeanwhile(flow.ExpiresAt, now));
        if (await ReenterAsync(flow, client, cancellationToken).ConfigureAwait(false) is { } refused)
            return refused;
        return method.Check(flow, callback, client) switch
        {
            GuardVerdict.Pass => null,
            GuardVerdict.Refuse refuse => new FlowOutcome.Refused(refuse.Error),
            GuardVerdict.Explain explain => await ShowAgainAsync(flow, [new("", explain.Message)], client, CancellationToken.None).ConfigureAwait(false),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Has a method take part, and does what comes of it.</summary>
    protected async Task<FlowOutcome> RunAsync(TFlow flow, TStrategy strategy, Claim claim, Submission submission, ClientContext client, Arrival arrival)
    {
        flow.Performer = strategy.Id;
        var outcome = await PerformAsync(flow, strategy, claim, submission, client, arrival).ConfigureAwait(false);
        services.Events.Answered(flow, outcome);
        return outcome;
    }

    private async Task<FlowOutcome> PerformAsync(TFlow flow, TStrategy strategy, Claim claim, Submission submission, ClientContext client, Arrival arrival)
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
        return flow.IsForeign || await SaveAsync(flow, null, cancellationToken).ConfigureAwait(false)
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
        services.Events.Initiated(flow);
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
}
