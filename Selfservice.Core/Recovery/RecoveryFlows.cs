using System.Text.Json.Nodes;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Recovery;

/// <summary>What begins a recovery and what its completion means; the steps between are the runner's.</summary>
internal sealed class RecoveryFlows(FlowServices services, IEnumerable<IStrategy> strategies, HookPlan<RecoveryDraft> hooks, SettingsFlows settings)
    : FlowRunner<RecoveryFlow, IRecoveryStrategy, RecoveryProof>(FlowKind.Recovery, services, strategies)
{
    private RecoveryFlowOptions Options => Services.Options.Value.Flows.Recovery;

    private bool TellsNext => Services.Options.Value.FeatureFlags.UseContinueWithTransitions;

    private IRecoveryStrategy? Primary => Enabled.FirstOrDefault(s => s.Id.Name == Options.Use);

    public async Task<FlowOutcome> CreateAsync(FlowInit init, ClientContext client, CancellationToken cancellationToken)
    {
        if (!Options.Enabled)
            return new FlowOutcome.Refused(FlowErrors.RecoveryDisabled);
        var location = Services.ReturnUrls.Resolve(init.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        if (client.Session is not null)
            return new FlowOutcome.AlreadySignedIn(location, FlowErrors.SessionAlreadyAvailable(Kind));
        if (Primary is not { } strategy)
            return new FlowOutcome.Refused(FlowErrors.StrategyUnavailable(Kind));
        var flow = New(init, client, strategy.Id, Options.Lifespan);
        await strategy.AddNodesAsync(flow, cancellationToken).ConfigureAwait(false);
        return await StartAsync(flow, wantsExchangeCode: false, client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a flow for an identity that an administrator lets back in: with the code or the link whoever has it gets in, so it is handed over with care.</summary>
    /// <returns>The flow and the secret; null when the method has no such.</returns>
    public async Task<(RecoveryFlow Flow, string Secret)?> IssueAsync(
        MethodId method, FlowInit init, Identity identity, TimeSpan lifespan, ClientContext client, CancellationToken cancellationToken)
    {
        if (Enabled.FirstOrDefault(s => s.Id == method) is not { } strategy)
            return null;
        var flow = New(init, client, method, lifespan);
        flow.IsIssuedByAdministrator = true;
        flow.Performer = method;
        if (strategy.Issue(flow, identity) is not { } issued)
            return null;
        await Services.Store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Flows.InsertAsync(FlowSerializer.ToRecord(flow), token).ConfigureAwait(false);
                await issued.Work(scope, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        Services.Events.InitiatedByAdministrator(flow, identity.Id);
        return (flow, issued.Secret);
    }

    private RecoveryFlow New(FlowInit init, ClientContext client, MethodId method, TimeSpan lifespan)
    {
        var now = Services.Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            ClientType = init.ClientType,
            IssuedAt = now,
            ExpiresAt = now + lifespan,
            RequestUrl = init.RequestUrl,
            ReturnTo = string.IsNullOrEmpty(init.ReturnTo) ? null : init.ReturnTo,
            CsrfSecret = init.CsrfSecret,
            Active = method,
            Ui = new() { Action = $"{client.PublicUrl}/self-service/recovery?flow={id}" },
        };
    }

    protected override async Task<RecoveryFlow> SucceedAsync(RecoveryFlow flow, ClientContext client, CancellationToken cancellationToken)
    {
        var strategy = Enabled.FirstOrDefault(s => s.Id == flow.Active) ?? Primary;
        var isExpired = flow.ExpiresAt <= Services.Clock.GetUtcNow();
        var init = new FlowInit
        {
            ClientType = flow.FollowsLink ? ClientType.Browser : flow.ClientType,
            RequestUrl = isExpired ? flow.RequestUrl : client.RequestUrl,
            ReturnTo = isExpired ? flow.ReturnTo : null,
            CsrfSecret = !isExpired ? client.Guard.RenewBrowserSecret() : flow.ClientType == ClientType.Browser ? client.Guard.BrowserSecret() : default,
        };
        var successor = New(init, client, strategy?.Id ?? flow.Active ?? new(Options.Use), Options.Lifespan);
        if (strategy is not null)
            await strategy.AddNodesAsync(successor, cancellationToken).ConfigureAwait(false);
        return successor;
    }

    protected override MessageId ExpiredMessage => RecoveryMessages.Expired;

    protected override FlowOutcome AnswerExpired(RecoveryFlow flow, RecoveryFlow successor, ErrorObject error) =>
        flow.FollowsLink
            ? new FlowOutcome.Opened(successor)
            : new FlowOutcome.Replaced(successor, TellsNext && successor.ClientType == ClientType.Api ? error with { Details = Next(successor) } : null);

    protected override async Task<FlowOutcome> RestartAsync(RecoveryFlow flow, Message message, ClientContext client, CancellationToken cancellationToken)
    {
        var outcome = await base.RestartAsync(flow, message, client, cancellationToken).ConfigureAwait(false);
        // A hook may have refused the new flow.
        if (outcome is not FlowOutcome.Replaced restarted)
            return outcome;
        if (flow.FollowsLink)
            return new FlowOutcome.Opened(restarted.Flow);
        var redirects = Enabled.FirstOrDefault(s => s.Id == flow.Active)?.RedirectsRestarts == true;
        return restarted with { Error = TellsNext && !redirects ? ErrorObject.BadRequest(message.Text) with { Details = Next(restarted.Flow) } : null };
    }

    private static JsonObject Next(Flow flow) => new() { ["continue_with"] = new JsonArray(ContinueWith.ShowRecoveryUi(flow.Id)) };

    protected override Task<FlowOutcome> AnswerClosedAsync(RecoveryFlow flow, Submission? submission, ClientContext client, CancellationToken cancellationToken)
    {
        flow.FollowsLink = MailedLinks.IsFollowed(submission);
        var strategy = Enabled.FirstOrDefault(s => s.Id == flow.Active);
        return RestartAsync(flow, submission is null || strategy is null ? RecoveryMessages.AlreadyCompleted : strategy.ExplainClosed(submission), client, cancellationToken);
    }

    // Each of several links of a flow works once, also after another of them did.
    protected override bool WorksClosed(RecoveryFlow flow, Submission? submission) => MailedLinks.IsFollowed(submission);

    protected override FlowOutcome? RefuseVisitor(ClientContext client) => Options.Enabled ? null : new FlowOutcome.Refused(FlowErrors.RecoveryDisabled);

    protected override FlowOutcome? RefuseShowing(FlowRecord record, ClientContext client) => Read(record).IsIssuedByAdministrator ? null : base.RefuseShowing(record, client);

    protected override GuardVerdict CheckSender(RecoveryFlow flow, Submission submission, ClientContext client)
    {
        var verdict = MailedLinks.CheckSender(flow, submission, client, Services.Options.Value.Security)
            ?? (flow.IsIssuedByAdministrator ? client.Guard.CheckOrigin() : base.CheckSender(flow, submission, client));
        // Whoever lost the cookie gets one, so that the next try can do.
        if (verdict is GuardVerdict.Refuse)
            client.Guard.RenewBrowserSecret();
        return verdict;
    }

    protected override FlowOutcome? RefuseSubmission(RecoveryFlow flow, Submission submission, ClientContext client)
    {
        // Who is signed in has nothing to recover. A code or a link that was sent all the same may be used: it may be somebody else's account.
        if (client.Session is null || submission.Text("code") is not null || submission.Text(MailedLinks.TokenField) is not null)
            return null;
        if (flow.ClientType == ClientType.Browser && client.Guard.CheckForm(submission.Text(CsrfTokens.FieldName)) is not GuardVerdict.Pass)
            return null;
        return new FlowOutcome.AlreadySignedIn(Services.ReturnUrls.WhenSignedIn(client), FlowErrors.SessionAlreadyAvailable(Kind));
    }

    protected override Task<FlowOutcome> ExplainSenderAsync(RecoveryFlow flow, Message message, ClientContext client, CancellationToken cancellationToken) =>
        RestartAsync(flow, message, client, cancellationToken);

    protected override ErrorObject ExplainExpired(FlowRecord record, string initUrl)
    {
        var told = base.ExplainExpired(record, initUrl);
        var now = Services.Clock.GetUtcNow();
        // A native client is told in the words of a submission.
        return record.ClientType == ClientType.Browser ? told : FlowErrors.FlowExpiredOnSubmit(record.ExpiresAt, now, record.Id) with { Details = told.Details, Siblings = null };
    }

    protected override bool EchoesPayload(RecoveryFlow flow, Submission submission) => submission.Text("code") is null || flow.State == FlowState.SentEmail;

    protected override Claim ClaimOf(RecoveryFlow flow, IRecoveryStrategy strategy, Submission submission) => strategy.Claims(flow, submission);

    protected override void Sort(RecoveryFlow flow)
    {
        // Methods lay out their own steps.
    }

    protected override ValueTask<StrategyResult<RecoveryProof>> SubmitAsync(
        RecoveryFlow flow, IRecoveryStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken)
    {
        flow.FollowsLink = MailedLinks.IsFollowed(submission);
        flow.Ui.ClearMessages();
        return strategy.RecoverAsync(new(flow, submission, client), cancellationToken);
    }

    protected override async Task<FlowOutcome> CompleteAsync(
        RecoveryFlow flow, IRecoveryStrategy strategy, RecoveryProof completion, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        var now = Services.Clock.GetUtcNow();
        if (completion.Identity.State == IdentityState.Inactive)
        {
            client.Guard.RenewBrowserSecret();
            return new FlowOutcome.Refused(FlowErrors.IdentityDisabled(completion.Identity.Id));
        }

        var identity = completion.Address is { } address ? completion.Identity.WithProven(address.Via, address.Value, now) : completion.Identity;
        var draft = new RecoveryDraft
        {
            Flow = flow,
            Identity = identity,
            Method = completion.Method,
            Client = client,
            TransientPayload = TransientPayload(submission) ?? [],
            RevokesOtherSessions = Options.RevokeOtherSessions,
        };
        var run = hooks.For(Options.After, strategy.Id, []);
        if (await AskHooksAsync(flow, run, draft, client, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;

        flow.TransientPayload = EchoesPayload(flow, submission) ? draft.TransientPayload : null;
        var secret = IsBrowser(flow) ? CsrfTokens.NewSecret() : [];
        flow.CsrfSecret = secret;
        var session = Services.Sessions.Create(identity, [completion.Method], client);
        var change = await settings.PrepareAsync(ChangeInit(flow, client, secret), identity, client, cancellationToken).ConfigureAwait(false);
        change.Ui.AddMessage(RecoveryMessages.Recovered(now + Services.Options.Value.Flows.Settings.PrivilegedSessionMaxAge, now));
        var token = SessionTokens.New();
        if (!await CommitAsync(draft, completion, session, token, change, now, cancellationToken).ConfigureAwait(false))
            return await AnswerClosedAsync(flow, submission, client, cancellationToken).ConfigureAwait(false);
        if (await TellHooksAsync(flow, run, draft, cancellationToken).ConfigureAwait(false) is { } failed)
            return failed;
        return Answer(draft, session, token, change, secret);
    }

    private static bool IsBrowser(RecoveryFlow flow) => flow.ClientType == ClientType.Browser || flow.FollowsLink;

    private FlowInit ChangeInit(RecoveryFlow flow, ClientContext client, ReadOnlyMemory<byte> secret)
    {
        var returnTo = flow.ReturnTo ?? Options.After.DefaultBrowserReturnUrl;
        var url = $"{client.PublicUrl}/self-service/recovery?flow={flow.Id}";
        return new()
        {
            ClientType = IsBrowser(flow) ? ClientType.Browser : ClientType.Api,
            RequestUrl = returnTo is null ? url : $"{url}&return_to={Uri.EscapeDataString(returnTo)}",
            ReturnTo = returnTo,
            CsrfSecret = secret,
        };
    }

    /// <summary>One transaction: the proof is used up, the flow is closed, the address counts as proven, others lose access, the session begins. False when somebody else was faster.</summary>
    private Task<bool> CommitAsync(
        RecoveryDraft draft, RecoveryProof proof, Session session, string token, SettingsFlow change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        draft.Flow.State = FlowState.PassedChallenge;
        draft.Flow.Ui.ClearMessages();
        RenewCsrfToken(draft.Flow);
        var (record, next) = (FlowSerializer.ToRecord(draft.Flow), FlowSerializer.ToRecord(change));
        return Services.Store.WriteAsync(
            async (scope, stop) =>
            {
                var counts = await proof.Claim(scope, stop).ConfigureAwait(false)
                    && (draft.Flow.CompletedAt is not null || await CloseAsync(scope, record, now, stop).ConfigureAwait(false));
                if (!counts)
                {
                    scope.RollBack();
                    return false;
                }

                // An address that was taken off meanwhile, or an account that was switched off, is opened no more.
                var holds = await scope.Identities.FindAsync(session.IdentityId, withCredentials: false, stop).ConfigureAwait(false) is { State: IdentityState.Active }
                    && (proof.Address is not { } address
                        || await scope.Identities.SetAddressStatusAsync(session.IdentityId, address.Via, address.Value, VerificationStatus.Completed, now, stop).ConfigureAwait(false));
                if (!holds)
                {
                    scope.RollBack();
                    return false;
                }

                if (draft.RevokesOtherSessions)
                    await scope.Sessions.RevokeAllAsync(session.IdentityId, session.Id, now, stop).ConfigureAwait(false);
                await scope.Sessions.InsertAsync(session, SessionTokens.Hash(token), stop).ConfigureAwait(false);
                await scope.Flows.InsertAsync(next, stop).ConfigureAwait(false);
                await draft.WriteAsync(scope, stop).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private FlowOutcome.Recovered Answer(RecoveryDraft draft, Session session, string token, SettingsFlow change, byte[] secret)
    {
        var flow = draft.Flow;
        var location = $"{ReturnUrls.Absolute(Services.Options.Value.Flows.Settings.UiUrl, draft.Client.PublicUrl)}?flow={change.Id}";
        if (TellsNext)
        {
            var next = ContinueWith.ShowSettingsUi(change.Id, location);
            flow.ContinueWith = flow.ClientType == ClientType.Api ? [ContinueWith.SetSessionToken(token), next] : [next];
        }

        return new(flow, session, token, location, TellsNext) { NewBrowserSecret = secret, FollowsLink = flow.FollowsLink, Success = new(session.IdentityId, session) };
    }

    protected override void Remember(RecoveryFlow flow, IRecoveryStrategy strategy, Submission submission) => strategy.Remember(flow.Ui, submission);

    protected override IEnumerable<FieldMessage> NoStrategy(RecoveryFlow flow, Submission submission) => [new("", RecoveryMessages.NoStrategy)];

    protected override IReadOnlyList<string> NodeKeys(RecoveryFlow flow) => [];

    protected override RecoveryFlow Read(FlowRecord record) => FlowSerializer.ToRecoveryFlow(record);
}
