using System.Text.Json.Nodes;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;
using Selfservice.Verification;
using Selfservice.Wire;

namespace Selfservice.Settings;

/// <summary>What begins a change of one's own account and what its completion means; the steps between are the runner's.</summary>
internal sealed class SettingsFlows(
    FlowServices services, IEnumerable<IStrategy> strategies, HookPlan<SettingsDraft> hooks, AvailableLevel available, VerificationStarter verifications, AddressNotices notices)
    : FlowRunner<SettingsFlow, ISettingsStrategy, SettingsChange>(FlowKind.Settings, services, strategies)
{
    private const string AskedAt = "proof_asked_at";

    // From the proof to the change that it was asked for: a page that loads, or a native client that sends it again.
    private static readonly TimeSpan LongestDetour = TimeSpan.FromMinutes(1);

    private readonly ICredentialStrategy[] _credentials = [.. strategies.OfType<ICredentialStrategy>()];

    private SettingsFlowOptions Options => Services.Options.Value.Flows.Settings;

    public async Task<FlowOutcome> CreateAsync(FlowInit init, ClientContext client, CancellationToken cancellationToken)
    {
        if (client.Session is not { } session)
        {
            var login = $"{client.PublicUrl}/self-service/login/browser";
            return init.ClientType == ClientType.Api
                ? new FlowOutcome.Refused(FlowErrors.SettingsNeedSession) { ClientType = ClientType.Api }
                : new FlowOutcome.Detour(string.IsNullOrEmpty(init.ReturnTo) ? login : $"{login}?return_to={Uri.EscapeDataString(init.ReturnTo)}", FlowErrors.SessionInactive);
        }

        Services.ReturnUrls.Resolve(init.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        if (await FindOwnerAsync(session, cancellationToken).ConfigureAwait(false) is not { } owner)
            return new FlowOutcome.Refused(ErrorObject.MissingRow);
        if (RefuseLevel(owner, client, string.IsNullOrEmpty(init.ReturnTo) ? null : init.RequestUrl) is { } refused)
            return refused;
        var flow = await PrepareAsync(init, owner, client, cancellationToken).ConfigureAwait(false);
        return await StartAsync(flow, wantsExchangeCode: false, client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A flow with its form, as far as it is not stored yet.</summary>
    public async ValueTask<SettingsFlow> PrepareAsync(FlowInit init, Identity owner, ClientContext client, CancellationToken cancellationToken)
    {
        var now = Services.Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var flow = new SettingsFlow
        {
            Id = id,
            ClientType = init.ClientType,
            IssuedAt = now,
            ExpiresAt = now + Options.Lifespan,
            RequestUrl = init.RequestUrl,
            ReturnTo = string.IsNullOrEmpty(init.ReturnTo) ? null : init.ReturnTo,
            CsrfSecret = init.CsrfSecret,
            IdentityId = owner.Id,
            State = FlowState.ShowForm,
            Ui = new() { Action = $"{client.PublicUrl}/self-service/settings?flow={id}" },
        };
        Belong(flow, owner, client);
        await AddFormAsync(flow, cancellationToken).ConfigureAwait(false);
        Finish(flow);
        return flow;
    }

    private async ValueTask AddFormAsync(SettingsFlow flow, CancellationToken cancellationToken)
    {
        foreach (var strategy in Enabled)
            await strategy.AddNodesAsync(Form(flow), cancellationToken).ConfigureAwait(false);
    }

    private SettingsForm Form(SettingsFlow flow) => new(flow, SchemaOf(flow.Owner!), flow.Owner!);

    private IdentitySchema SchemaOf(Identity identity) => Services.Schemas.Find(identity.SchemaId) ?? Services.Schemas.Default;

    private static void Belong(SettingsFlow flow, Identity owner, ClientContext client) => (flow.Owner, flow.Identity) = (owner, WireWriter.ToObject(owner, client.PublicUrl));

    private Task<Identity?> FindOwnerAsync(Session session, CancellationToken cancellationToken) =>
        Services.Store.ReadAsync((scope, token) => scope.Identities.FindAsync(session.IdentityId, withCredentials: true, token), cancellationToken);

    /// <summary>Whether the session is sure enough of its owner; null when it is.</summary>
    private FlowOutcome.Detour? RefuseLevel(Identity owner, ClientContext client, string? returnTo)
    {
        if (Options.RequiredAal != "highest_available" || client.Session!.Aal >= available.Of(owner))
            return null;
        var location = RequiredLevel.StepUpUrl(client.PublicUrl, returnTo);
        return new(location, FlowErrors.SessionAal2Required(location));
    }

    protected override FlowOutcome? RefuseClient(ClientContext client) => client.Session is null
        ? new FlowOutcome.Detour(ReturnUrls.Absolute(Services.Options.Value.Flows.Login.UiUrl, client.PublicUrl), FlowErrors.SessionMissing)
        : null;

    protected override FlowOutcome? RefuseVisitor(ClientContext client) => RefuseClient(client);

    protected override FlowOutcome? RefuseShowing(FlowRecord record, ClientContext client) =>
        Read(record).IdentityId == client.Session!.IdentityId
            ? null
            : new FlowOutcome.Refused(FlowErrors.IdentityMismatch with { Reason = "The request was made for another identity and has been blocked for security reasons." });

    protected override ReadOnlyMemory<byte> Document(FlowRecord record, ClientContext client)
    {
        var flow = Read(record);
        if (client.Session!.Identity is { } owner)
            flow.Identity = WireWriter.ToObject(owner, client.PublicUrl);
        return FlowSerializer.ToDocument(flow);
    }

    protected override async ValueTask<FlowOutcome?> EnterAsync(SettingsFlow flow, ClientContext client, CancellationToken cancellationToken)
    {
        if (flow.IdentityId != client.Session!.IdentityId)
            return new FlowOutcome.Refused(FlowErrors.IdentityMismatch);
        if (await FindOwnerAsync(client.Session, cancellationToken).ConfigureAwait(false) is not { } owner)
            return new FlowOutcome.Refused(ErrorObject.MissingRow);
        Belong(flow, owner, client);
        return RefuseLevel(owner, client, $"{client.PublicUrl}/self-service/settings?flow={flow.Id}");
    }

    protected override ValueTask<FlowOutcome?> ReenterAsync(SettingsFlow flow, ClientContext client, CancellationToken cancellationToken) =>
        client.Session is null ? ValueTask.FromResult<FlowOutcome?>(new FlowOutcome.Refused(FlowErrors.SessionInactive)) : EnterAsync(flow, client, cancellationToken);

    protected override async Task<SettingsFlow> SucceedAsync(SettingsFlow flow, ClientContext client, CancellationToken cancellationToken)
    {
        var init = new FlowInit { ClientType = flow.ClientType, RequestUrl = flow.RequestUrl, ReturnTo = flow.ReturnTo, CsrfSecret = flow.CsrfSecret };
        return await PrepareAsync(init, flow.Owner!, client, cancellationToken).ConfigureAwait(false);
    }

    protected override MessageId ExpiredMessage => SettingsMessages.Expired;

    protected override bool EchoesPayload(SettingsFlow flow, Submission submission) => false;

    protected override Submission? Recall(SettingsFlow flow, ClientContext client) => Services.Kept.Take(flow, KeptSubmission.UntilProven);

    protected override async Task<FlowOutcome> AskForProofAsync(SettingsFlow flow, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        // Only a browser comes back by itself; a native client sends its change again.
        if (flow.ClientType == ClientType.Browser)
            Services.Kept.Keep(flow, KeptSubmission.UntilProven, submission);
        flow.Context[AskedAt] = Services.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await SaveAsync(flow, null, cancellationToken).ConfigureAwait(false);
        var back = $"{client.PublicUrl}/self-service/settings?flow={flow.Id}";
        var location = $"{client.PublicUrl}/self-service/login/browser?refresh=true&return_to={Uri.EscapeDataString(back)}";
        return new FlowOutcome.Detour(location, FlowErrors.SessionRefreshRequired(location));
    }

    /// <summary>Whether the session is young enough, or was proven anew since this flow asked for it: however short the time is, a proof that was asked for counts for what it was asked for.</summary>
    private bool IsPrivileged(SettingsFlow flow, ClientContext client)
    {
        var provenAt = client.Session!.AuthenticatedAt;
        return provenAt + Options.PrivilegedSessionMaxAge > Services.Clock.GetUtcNow()
            || ((long?)flow.Context[AskedAt] is { } asked && provenAt.ToUnixTimeMilliseconds() > asked && Services.Clock.GetUtcNow() < provenAt + LongestDetour);
    }

    protected override ValueTask<StrategyResult<SettingsChange>> SubmitAsync(
        SettingsFlow flow, ISettingsStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken)
    {
        // Whatever was saved before: with a new change it is a form again.
        flow.State = FlowState.ShowForm;
        if (Submissions.TransientPayload.Read(submission, out var fault) is null && fault is not null)
            return ValueTask.FromResult<StrategyResult<SettingsChange>>(new StrategyResult<SettingsChange>.Rejected(fault));
        return strategy.ChangeAsync(new(flow, submission, client, SchemaOf(flow.Owner!), flow.Owner!, IsPrivileged(flow, client)) { Callback = arrival.Callback }, cancellationToken);
    }

    protected override async Task<FlowOutcome> CompleteAsync(
        SettingsFlow flow, ISettingsStrategy strategy, SettingsChange completion, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        var before = flow.Owner!;
        if (ProtectedParts.Differ(before, completion.Identity) && !IsPrivileged(flow, client))
            return await AskForProofAsync(flow, submission, client, cancellationToken).ConfigureAwait(false);
        if (CountWaysIn(before) > 0 && CountWaysIn(completion.Identity) == 0)
        {
            Remember(flow, strategy, submission);
            return await ShowAgainAsync(flow, [new("", SettingsMessages.LastWayIn)], client, cancellationToken).ConfigureAwait(false);
        }

        if (LocationAfter(flow, strategy, client, out var forbidden) is not { } location)
            return new FlowOutcome.Refused(forbidden!);
        var draft = new SettingsDraft
        {
            Flow = flow,
            Before = before,
            Identity = completion.Identity,
            Client = client,
            TransientPayload = TransientPayload(submission) ?? [],
            RevokesOtherSessions = completion.EndsOtherSessions && Options.RevokeOtherSessions,
        };
        // What a hook is shown, and the person when it objects, is what was typed.
        Remember(flow, strategy, submission);
        Sort(flow);
        var run = hooks.For(Options.After, strategy.Id, []);
        if (await AskHooksAsync(flow, run, draft, client, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;

        if (verifications.HasSeveralNewAddresses(draft))
            return await ShowAgainAsync(flow, [new("", SettingsMessages.OneAddressAtATime)], client, cancellationToken).ConfigureAwait(false);
        var isTaken = verifications.Waits(draft) && await IsTakenAsync(draft.Identity, cancellationToken).ConfigureAwait(false);
        if (isTaken && !Services.Options.Value.Security.AccountEnumeration.Mitigate)
            return await ShowTakenAsync(flow, strategy, submission, client, cancellationToken).ConfigureAwait(false);
        var plan = await verifications.PlanAsync(draft, isTaken, cancellationToken).ConfigureAwait(false);
        draft.Identity = plan.Identity with { UpdatedAt = Services.Clock.GetUtcNow() };
        var told = await notices.ComposeAsync(before, draft.Identity, client, cancellationToken).ConfigureAwait(false);
        Belong(flow, draft.Identity, client);
        flow.Context.Remove(AskedAt);
        await ShowSavedAsync(flow, plan.Waits, cancellationToken).ConfigureAwait(false);
        var proven = completion.Proof is { } proof ? Services.Sessions.Renew(client.Session!, draft.Identity, [proof]) : null;
        switch (await CommitAsync(draft, plan, told, proven, cancellationToken).ConfigureAwait(false))
        {
            case IdentityWrite.Written: break;
            case null: return new FlowOutcome.Refused(FlowErrors.SessionInactive);
            case IdentityWrite.Conflict:
                Belong(flow, before, client);
                return await ShowTakenAsync(flow, strategy, submission, client, cancellationToken).ConfigureAwait(false);
            default: return new FlowOutcome.Refused(FlowErrors.ChangedMeanwhile);
        }

        Services.Outbox.Wake();
        if (await TellHooksAsync(flow, run, draft, cancellationToken).ConfigureAwait(false) is { } failed)
            return failed;
        if (plan.Waits)
            location = plan.Started.Count > 0 ? verifications.PageOf(plan.Started[0], client) : location;
        flow.ContinueWith = Next(draft, plan, location);
        return new FlowOutcome.SettingsSaved(flow, location) { Renewed = proven, Success = new(flow.IdentityId, proven) };
    }

    /// <summary>With how many credentials somebody could sign in.</summary>
    private int CountWaysIn(Identity identity) =>
        _credentials.Sum(s => s.IsEnabled && identity.Credential(s.CredentialType) is { } credential ? s.CountFirstFactors(credential) : 0);

    private async Task<bool> IsTakenAsync(Identity identity, CancellationToken cancellationToken) =>
        await Services.Store.ReadAsync((scope, token) => scope.Identities.FindConflictAsync(identity, token), cancellationToken).ConfigureAwait(false) is not null;

    private Task<FlowOutcome> ShowTakenAsync(SettingsFlow flow, ISettingsStrategy strategy, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        flow.State = FlowState.ShowForm;
        Remember(flow, strategy, submission);
        return ShowAgainAsync(flow, [new("", RegistrationMessages.Duplicate)], client, cancellationToken);
    }

    /// <summary>Where a browser goes afterwards: as asked for, as configured, or back to the page.</summary>
    private string? LocationAfter(SettingsFlow flow, ISettingsStrategy strategy, ClientContext client, out ErrorObject? forbidden)
    {
        var configured = Options.After.Methods.GetValueOrDefault(strategy.Id.Name)?.DefaultBrowserReturnUrl ?? Options.After.DefaultBrowserReturnUrl ?? $"{Options.UiUrl}?flow={flow.Id}";
        var location = Services.ReturnUrls.Resolve(flow.ReturnTo, configured, client.PublicUrl, out forbidden);
        return forbidden is null ? location : null;
    }

    private async ValueTask ShowSavedAsync(SettingsFlow flow, bool waits, CancellationToken cancellationToken)
    {
        flow.State = waits ? FlowState.ShowForm : FlowState.Success;
        flow.Ui.Nodes.Clear();
        flow.Ui.ClearMessages();
        await AddFormAsync(flow, cancellationToken).ConfigureAwait(false);
        Finish(flow);
        if (!waits)
            flow.Ui.AddMessage(SettingsMessages.Saved);
    }

    /// <summary>One transaction: the account is changed, with what follows from that. Null when the session that wanted it ended meanwhile: hashing and hooks take time, in which its owner may have ended it.</summary>
    private Task<IdentityWrite?> CommitAsync(SettingsDraft draft, VerificationPlan plan, IReadOnlyList<CourierMessage> told, Session? proven, CancellationToken cancellationToken)
    {
        var record = FlowSerializer.ToRecord(draft.Flow);
        var session = draft.Client.Session!;
        var now = Services.Clock.GetUtcNow();
        return Services.Store.WriteAsync(
            async (scope, stop) =>
            {
                if ((await scope.Sessions.FindAsync(session.Id, stop).ConfigureAwait(false))?.IsActive(now) != true)
                    return null;
                var written = await scope.Identities.UpdateAsync(draft.Identity, draft.Before.UpdatedAt, stop).ConfigureAwait(false);
                if (written != IdentityWrite.Written || !await scope.Flows.UpdateAsync(record, stop).ConfigureAwait(false))
                {
                    scope.RollBack();
                    return written == IdentityWrite.Written ? IdentityWrite.Missing : (IdentityWrite?)written;
                }

                if (proven is not null)
                    await scope.Sessions.RenewAsync(proven, SessionTokens.Hash(draft.Client.SessionToken!), now, stop).ConfigureAwait(false);
                if (draft.RevokesOtherSessions)
                    await scope.Sessions.RevokeAllAsync(session.IdentityId, session.Id, now, stop).ConfigureAwait(false);
                foreach (var started in plan.Started)
                    await started.Work(scope, stop).ConfigureAwait(false);
                await draft.WriteAsync(scope, stop).ConfigureAwait(false);
                foreach (var message in told)
                    await Services.Outbox.AddNoticeAsync(scope, message, session.IdentityId, stop).ConfigureAwait(false);
                return written;
            },
            cancellationToken);
    }

    private static JsonArray? Next(SettingsDraft draft, VerificationPlan plan, string location)
    {
        var next = new JsonArray();
        if (draft.ShowsVerification || plan.ShowsAlways)
            foreach (var started in plan.Started)
                next.Add(started.ContinueWith);
        if (draft.Flow.ClientType == ClientType.Browser && !plan.Waits)
            next.Add(ContinueWith.RedirectBrowserTo(location));
        return next.Count == 0 ? null : next;
    }

    protected override void Remember(SettingsFlow flow, ISettingsStrategy strategy, Submission submission) => strategy.Remember(Form(flow), submission);

    protected override IEnumerable<FieldMessage> NoStrategy(SettingsFlow flow, Submission submission) => [new("", SettingsMessages.NoStrategy)];

    protected override IReadOnlyList<string> NodeKeys(SettingsFlow flow) =>
    [
        .. SchemaOf(flow.Owner!).TraitPaths.Where(p => p.Type != "object").Select(p => p.Path),
        "lookup_secret_reveal", "lookup_secret_regenerate", "lookup_secret_codes", "lookup_secret_confirm", "webauthn_remove", "webauthn_register_displayname", "webauthn_register",
        "passkey_remove", "passkey_register", "totp_qr", "totp_secret_key", "totp_unlink", "totp_code",
    ];

    protected override SettingsFlow Read(FlowRecord record) => FlowSerializer.ToSettingsFlow(record);
}
