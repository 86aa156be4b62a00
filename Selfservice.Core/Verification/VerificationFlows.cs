using System.Text.Json.Nodes;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Verification;

/// <summary>What begins a verification and what its completion means; the steps between are the runner's.</summary>
internal sealed class VerificationFlows(FlowServices services, IEnumerable<IStrategy> strategies, HookPlan<VerificationDraft> hooks, AddressChanges changes, AddressNotices notices)
    : FlowRunner<VerificationFlow, IVerificationStrategy, AddressProof>(FlowKind.Verification, services, strategies)
{
    private VerificationFlowOptions Options => Services.Options.Value.Flows.Verification;

    private IVerificationStrategy? Primary => Enabled.FirstOrDefault(s => s.Id.Name == Options.Use);

    public async Task<FlowOutcome> CreateAsync(FlowInit init, ClientContext client, CancellationToken cancellationToken)
    {
        if (!Options.Enabled)
            return new FlowOutcome.Refused(FlowErrors.VerificationDisabled);
        if (Primary is not { } strategy)
            return new FlowOutcome.Refused(FlowErrors.StrategyUnavailable(Kind));
        Services.ReturnUrls.Resolve(init.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        var flow = New(init, client, strategy.Id);
        await strategy.AddNodesAsync(flow, cancellationToken).ConfigureAwait(false);
        return await StartAsync(flow, wantsExchangeCode: false, client, cancellationToken).ConfigureAwait(false);
    }

    private VerificationFlow New(FlowInit init, ClientContext client, MethodId method)
    {
        var now = Services.Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            ClientType = init.ClientType,
            IssuedAt = now,
            ExpiresAt = now + Options.Lifespan,
            RequestUrl = init.RequestUrl,
            ReturnTo = string.IsNullOrEmpty(init.ReturnTo) ? null : init.ReturnTo,
            CsrfSecret = init.CsrfSecret,
            Active = method,
            Ui = new() { Action = $"{client.PublicUrl}/self-service/verification?flow={id}" },
        };
    }

    /// <summary>A flow that asks for the proof of an address without its owner's asking, as far as it is not stored yet; null when verification is off.</summary>
    public async ValueTask<StartedVerification?> PrepareAsync(FlowInit init, Identity identity, VerifiableAddress address, ClientContext client, bool isDecoy, CancellationToken cancellationToken)
    {
        if (!Options.Enabled || Primary is not { } strategy)
            return null;
        var flow = New(init, client, strategy.Id);
        flow.State = FlowState.SentEmail;
        var work = await strategy.ChallengeAsync(new(flow, identity, address, client, isDecoy), cancellationToken).ConfigureAwait(false);
        return new(flow, address, ContinueWithOf(flow, address, client), async (scope, token) =>
        {
            await scope.Flows.InsertAsync(FlowSerializer.ToRecord(flow), token).ConfigureAwait(false);
            await work(scope, token).ConfigureAwait(false);
        });
    }

    private JsonObject ContinueWithOf(VerificationFlow flow, VerifiableAddress address, ClientContext client) =>
        ContinueWith.ShowVerificationUi(flow.Id, address.Value, flow.ClientType == ClientType.Browser ? PageOf(flow, client) : null);

    /// <summary>The page of a flow.</summary>
    public string PageOf(VerificationFlow flow, ClientContext client) => $"{ReturnUrls.Absolute(Options.UiUrl, client.PublicUrl)}?flow={flow.Id}";

    /// <summary>Takes the code of a mailed link into the form, for the browser that followed it, as the contract's origin does. Only where links act on GET: a scanner that follows it takes the form away from its owner.</summary>
    public async Task<FlowOutcome> OpenAsync(Guid? flowId, string code, ClientContext client, CancellationToken cancellationToken)
    {
        if (flowId is not { } id)
            return new FlowOutcome.Refused(ErrorObject.BadRequest("The flow query parameter is missing or malformed."));
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return new FlowOutcome.Refused(FlowErrors.UnknownOnSubmit(Kind));
        var flow = Read(record);
        if (flow.ExpiresAt <= Services.Clock.GetUtcNow())
            return await ReplaceExpiredAsync(flow, flow.ExpiresAt, client, cancellationToken).ConfigureAwait(false);
        if (flow.CompletedAt is not null)
            return await RestartAsync(flow, VerificationMessages.AlreadyCompleted, client, cancellationToken).ConfigureAwait(false);
        flow.CsrfSecret = client.Guard.RenewBrowserSecret();
        flow.Ui.SetValue("code", JsonValue.Create(code));
        RenewCsrfToken(flow);
        return await SaveAsync(flow, null, cancellationToken).ConfigureAwait(false)
            ? new FlowOutcome.Opened(flow)
            : await RestartAsync(flow, VerificationMessages.AlreadyCompleted, client, cancellationToken).ConfigureAwait(false);
    }

    protected override async Task<VerificationFlow> SucceedAsync(VerificationFlow flow, ClientContext client, CancellationToken cancellationToken)
    {
        var strategy = Enabled.FirstOrDefault(s => s.Id == flow.Active) ?? Primary;
        var isExpired = flow.ExpiresAt <= Services.Clock.GetUtcNow();
        var init = new FlowInit
        {
            // Who held an expired flow is unknown where a link in a mail led to it: the successor belongs to the browser that is here.
            ClientType = isExpired || flow.FollowsLink ? ClientType.Browser : flow.ClientType,
            RequestUrl = isExpired ? flow.RequestUrl : client.RequestUrl,
            ReturnTo = isExpired ? flow.ReturnTo : null,
            CsrfSecret = client.Guard.RenewBrowserSecret(),
        };
        var successor = New(init, client, strategy?.Id ?? flow.Active ?? new(Options.Use));
        if (strategy is not null)
            await strategy.AddNodesAsync(successor, cancellationToken).ConfigureAwait(false);
        return successor;
    }

    protected override MessageId ExpiredMessage => VerificationMessages.Expired;

    protected override FlowOutcome AnswerExpired(VerificationFlow flow, VerificationFlow successor, ErrorObject error) =>
        flow.FollowsLink ? new FlowOutcome.Opened(successor) : new FlowOutcome.Replaced(successor, flow.ExpiresAt <= Services.Clock.GetUtcNow() ? null : error);

    protected override async Task<FlowOutcome> RestartAsync(VerificationFlow flow, Message message, ClientContext client, CancellationToken cancellationToken)
    {
        var outcome = await base.RestartAsync(flow, message, client, cancellationToken).ConfigureAwait(false);
        if (outcome is not FlowOutcome.Replaced replaced)
            return outcome;
        var redirects = Enabled.FirstOrDefault(s => s.Id == flow.Active)?.RedirectsRestarts == true;
        return flow.FollowsLink ? new FlowOutcome.Opened(replaced.Flow) : redirects ? replaced with { Error = null } : replaced;
    }

    // Each of several links of a flow works once, also after another of them did.
    protected override bool WorksClosed(VerificationFlow flow, Submission? submission) => MailedLinks.IsFollowed(submission);

    protected override Task<FlowOutcome> AnswerClosedAsync(VerificationFlow flow, Submission? submission, ClientContext client, CancellationToken cancellationToken) =>
        // What could not be read asks for nothing.
        submission is null ? base.AnswerClosedAsync(flow, null, client, cancellationToken) : RestartAsync(flow, VerificationMessages.AlreadyCompleted, client, cancellationToken);

    protected override FlowOutcome? RefuseVisitor(ClientContext client) => Options.Enabled ? null : new FlowOutcome.Refused(FlowErrors.VerificationDisabled);

    protected override IEnumerable<IVerificationStrategy> Candidates(VerificationFlow flow) => base.Candidates(flow).Where(s => s.Id == flow.Active);

    protected override GuardVerdict CheckSender(VerificationFlow flow, Submission submission, ClientContext client) =>
        MailedLinks.CheckSender(flow, submission, client, Services.Options.Value.Security) ?? base.CheckSender(flow, submission, client);

    protected override bool EchoesPayload(VerificationFlow flow, Submission submission) => submission.Text("code") is not null;

    protected override bool HasToken(VerificationFlow flow) => flow.ClientType == ClientType.Browser;

    protected override void Sort(VerificationFlow flow)
    {
        // Methods lay out their own steps.
    }

    protected override ValueTask<StrategyResult<AddressProof>> SubmitAsync(
        VerificationFlow flow, IVerificationStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken)
    {
        flow.FollowsLink = MailedLinks.IsFollowed(submission);
        flow.Ui.ClearMessages();
        return strategy.VerifyAsync(new(flow, submission, client), cancellationToken);
    }

    protected override async Task<FlowOutcome> CompleteAsync(
        VerificationFlow flow, IVerificationStrategy strategy, AddressProof completion, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        var location = Services.ReturnUrls.After(flow, Options.After, strategy.Id, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        var now = Services.Clock.GetUtcNow();
        var identity = await Services.Store.ReadAsync((scope, token) => scope.Identities.FindAsync(completion.IdentityId, withCredentials: true, token), cancellationToken).ConfigureAwait(false);
        if (identity is null || changes.Apply(flow, identity, completion, now) is not { } proven)
            return await RestartAsync(flow, VerificationMessages.AlreadyCompleted, client, cancellationToken).ConfigureAwait(false);
        var draft = new VerificationDraft
        {
            Flow = flow,
            Identity = proven,
            Client = client,
            TransientPayload = TransientPayload(submission) ?? [],
        };
        var run = hooks.For(Options.After, strategy.Id, []);
        if (await AskHooksAsync(flow, run, draft, client, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;
        // Who follows a link in a browser without our cookie goes on there.
        if (flow.FollowsLink && flow.CompletedAt is null && flow.ClientType == ClientType.Browser)
            flow.CsrfSecret = client.Guard.BrowserSecret();
        var told = await notices.ComposeAsync(identity, proven, client, cancellationToken).ConfigureAwait(false);
        ShowPassed(flow, strategy, location);
        var record = FlowSerializer.ToRecord(flow);
        // One transaction: the proof is used up, the flow is closed, the address counts.
        var committed = await Services.Store.WriteAsync(
            async (scope, stop) =>
            {
                var counts = await completion.Claim(scope, stop).ConfigureAwait(false)
                    && (flow.CompletedAt is not null || await CloseAsync(scope, record, now, stop).ConfigureAwait(false))
                    && await AddressChanges.StoreAsync(scope, flow, identity, proven, completion, now, stop).ConfigureAwait(false);
                if (!counts)
                    scope.RollBack();
                else
                    await draft.WriteAsync(scope, stop).ConfigureAwait(false);
                foreach (var message in counts ? told : [])
                    await Services.Outbox.AddNoticeAsync(scope, message, identity.Id, stop).ConfigureAwait(false);
                return counts;
            },
            cancellationToken).ConfigureAwait(false);
        if (!committed)
            return await AnswerClosedAsync(flow, submission, client, cancellationToken).ConfigureAwait(false);
        Services.Outbox.Wake();
        if (await TellHooksAsync(flow, run, draft, cancellationToken).ConfigureAwait(false) is { } failed)
            return failed;
        return new FlowOutcome.FormShown(flow, IsStep: true) { FollowsLink = flow.FollowsLink, Success = new(identity.Id) };
    }

    private static void ShowPassed(VerificationFlow flow, IVerificationStrategy strategy, string location)
    {
        flow.State = FlowState.PassedChallenge;
        (flow.Ui.Method, flow.Ui.Action) = ("GET", location);
        flow.Ui.Nodes.Clear();
        flow.Ui.Nodes.Add(CsrfTokens.Node(flow));
        flow.Ui.Nodes.Add(new UiNode(strategy.NodeGroup, new AnchorAttributes("continue", location, FlowMessages.Continue)) { Meta = new(FlowMessages.Continue) });
        flow.Ui.ClearMessages();
        flow.Ui.AddMessage(VerificationMessages.Verified);
    }

    protected override void Remember(VerificationFlow flow, IVerificationStrategy strategy, Submission submission) => strategy.Remember(flow.Ui, submission);

    protected override IEnumerable<FieldMessage> NoStrategy(VerificationFlow flow, Submission submission)
    {
        flow.Ui.SetValue("email", JsonValue.Create(submission.Text("email") ?? ""));
        flow.Ui.Nodes.Upsert(CsrfTokens.Node(flow));
        return [new("", VerificationMessages.NoStrategy)];
    }

    protected override IReadOnlyList<string> NodeKeys(VerificationFlow flow) => [];

    protected override VerificationFlow Read(FlowRecord record) => FlowSerializer.ToVerificationFlow(record);
}
