using System.Diagnostics;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Login;

/// <summary>What begins a login and what its completion means; the steps between are the runner's.</summary>
internal sealed partial class LoginFlows(FlowServices services, IEnumerable<IStrategy> strategies, HookPlan<LoginDraft> hooks, RequiredLevel required)
    : EntryFlowRunner<LoginFlow, ILoginStrategy, Authentication>(FlowKind.Login, services, strategies)
{
    private static readonly string[] Keys = ["csrf_token", "identifier", "password"];

    private LoginFlowOptions Options => Services.Options.Value.Flows.Login;

    public async Task<FlowOutcome> CreateAsync(FlowInit init, ClientContext client, CancellationToken cancellationToken)
    {
        if (init is { ClientType: ClientType.Browser, LoginChallenge: not null })
            return new FlowOutcome.Refused(FlowErrors.LoginChallengeUnconfigured);
        if (ReadLevel(init.Aal) is not { } level)
        {
            return new FlowOutcome.Refused(ErrorObject.BadRequest(
                $"Unable to parse AuthenticationMethod Assurance Level (AAL): expected one of [aal1, aal2] but got {init.Aal!.ToLowerInvariant()}"));
        }

        var location = Services.ReturnUrls.Resolve(init.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        if (level == AuthenticatorAssuranceLevel.Aal1 && Services.Schemas.CheckSelectable(init.IdentitySchema) is { } schemaError)
            return new FlowOutcome.Refused(schemaError);
        if (client.Session is null && level > AuthenticatorAssuranceLevel.Aal1)
            return new FlowOutcome.Refused(FlowErrors.SessionAal1Required);
        if (client.Session is { } session && !init.Refresh && level <= session.Aal)
            return new FlowOutcome.AlreadySignedIn(location, FlowErrors.SessionAlreadyAvailable(FlowKind.Login));

        var flow = New(init, client, level);
        await AddFormAsync(flow, client, cancellationToken).ConfigureAwait(false);
        return await StartAsync(flow, init.WantsExchangeCode && client.Session is null, client, cancellationToken).ConfigureAwait(false);
    }

    private LoginFlow New(FlowInit init, ClientContext client, AuthenticatorAssuranceLevel level)
    {
        var now = Services.Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            OrganizationId = init.OrganizationId,
            ClientType = init.ClientType,
            IssuedAt = now,
            ExpiresAt = now + Options.Lifespan,
            CreatedAt = now,
            UpdatedAt = now,
            RequestUrl = init.RequestUrl,
            ReturnTo = string.IsNullOrEmpty(init.ReturnTo) ? null : init.ReturnTo,
            IdentitySchema = string.IsNullOrEmpty(init.IdentitySchema) ? null : init.IdentitySchema,
            Refresh = init.Refresh && client.Session is not null,
            RequestedAal = level,
            CsrfSecret = init.CsrfSecret,
            Ui = new() { Action = $"{client.PublicUrl}/self-service/login?flow={id}" },
        };
    }

    private async Task AddFormAsync(LoginFlow flow, ClientContext client, CancellationToken cancellationToken)
    {
        var wantsSecond = flow.RequestedAal > AuthenticatorAssuranceLevel.Aal1;
        var stage = flow.Refresh ? LoginStage.Refresh
            : wantsSecond ? LoginStage.SecondFactor
            : Options.Style == LoginStyle.IdentifierFirst ? LoginStage.Identification
            : LoginStage.Combined;
        if (flow.Refresh)
            flow.Ui.AddMessage(LoginMessages.Refresh);
        if (wantsSecond && client.Session!.Aal < flow.RequestedAal)
            flow.Ui.AddMessage(LoginMessages.SecondFactor);

        var identity = client.Session is { } session && (flow.Refresh || wantsSecond)
            ? await Services.Store.ReadAsync((scope, token) => scope.Identities.FindAsync(session.IdentityId, withCredentials: true, token), cancellationToken).ConfigureAwait(false)
            : null;
        var form = new LoginForm(flow, stage, Services.SchemaOf(flow), identity);
        foreach (var strategy in Enabled.Where(s => s.IsSecondFactor == wantsSecond && (flow.OrganizationId is null || s.ServesOrganizations)))
            await strategy.AddNodesAsync(form, cancellationToken).ConfigureAwait(false);
    }

    protected override ValueTask<FlowOutcome?> EnterAsync(LoginFlow flow, ClientContext client, CancellationToken cancellationToken) => ValueTask.FromResult(RefuseSession(flow, client));

    private FlowOutcome? RefuseSession(LoginFlow flow, ClientContext client)
    {
        if (client.Session is null && flow.RequestedAal > AuthenticatorAssuranceLevel.Aal1)
            return new FlowOutcome.Refused(FlowErrors.SessionAal1Required);
        if (client.Session is not { } session || flow.Refresh || flow.RequestedAal > session.Aal)
            return null;
        var error = FlowErrors.SessionAlreadyAvailable(FlowKind.Login);
        flow.Ui.ClearMessages();
        flow.Ui.AddMessage(FlowMessages.Generic(error.Reason!));
        return new FlowOutcome.AlreadySignedIn(ReturnUrls.Absolute(Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl), error, flow);
    }

    protected override async Task<LoginFlow> FollowAsync(EntryFlow origin, ClientContext client, CancellationToken cancellationToken)
    {
        var login = origin as LoginFlow;
        var successor = New(FlowInit.InPlaceOf(origin) with { Refresh = login?.Refresh == true }, client, login?.RequestedAal ?? AuthenticatorAssuranceLevel.Aal1);
        await AddFormAsync(successor, client, cancellationToken).ConfigureAwait(false);
        return successor;
    }

    protected override bool IsForSignedIn(LoginFlow flow) => flow.Refresh || flow.RequestedAal > AuthenticatorAssuranceLevel.Aal1;

    protected override Task<FlowOutcome> ConvertAsync(LoginFlow flow, FlowOutcome.Converted conversion, ClientContext client) =>
        Services.Options.Value.Flows.Registration.Enabled
            ? base.ConvertAsync(flow, conversion, client)
            : ShowAgainAsync(flow, [new("", FlowMessages.Generic(FlowErrors.RegistrationDisabled.Reason!))], client, CancellationToken.None);

    protected override bool AllowsReuse => Services.Options.Value.FeatureFlags.InsecureAllowCompletedFlowReuse;

    protected override MessageId ExpiredMessage { get; } = new(4010001);

    protected override ValueTask<StrategyResult<Authentication>> SubmitAsync(
        LoginFlow flow, ILoginStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken)
    {
        if (Submissions.TransientPayload.Read(submission, out var fault) is null && fault is not null)
            return ValueTask.FromResult<StrategyResult<Authentication>>(new StrategyResult<Authentication>.Rejected(fault));
        return strategy.LoginAsync(new(flow, submission, client, Services.SchemaOf(flow)) { Callback = arrival.Callback, Proof = arrival.Proof }, cancellationToken);
    }

    protected override async Task<FlowOutcome> CompleteAsync(
        LoginFlow flow, ILoginStrategy strategy, Authentication completion, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        var after = Options.After;
        flow.Active = strategy.Id;
        if (completion.Identity.State == IdentityState.Inactive)
        {
            await SaveAsync(flow, null, cancellationToken).ConfigureAwait(false);
            return new FlowOutcome.Refused(FlowErrors.IdentityDisabled(completion.Identity.Id));
        }

        if (!TryLink(flow, client, ref completion))
            return await ShowAgainAsync(flow, [new("", LoginMessages.LinkedToAnother)], client, cancellationToken).ConfigureAwait(false);
        var location = Services.ReturnUrls.After(flow, after, strategy.Id, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        var draft = new LoginDraft
        {
            Flow = flow,
            Authentication = completion,
            Session = SessionOf(flow, completion, client),
            Client = client,
            TransientPayload = TransientPayload(submission) ?? [],
        };
        var run = hooks.For(after, strategy.Id, []);
        if (await AskHooksAsync(flow, run, draft, client, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;
        // A browser gets a new token with every proof. A native client is handed one: it keeps what it has.
        var isSame = client.Session?.IdentityId == completion.Identity.Id;
        var token = isSame && flow.ClientType == ClientType.Api && client.SessionToken is { } known ? known : SessionTokens.New();
        var delivery = flow.HandsOver ? Services.ExchangeCodes.Deliver(flow, draft.Session) : null;
        var (result, session) = await CommitAsync(draft, (strategy as ICredentialStrategy)?.CredentialType ?? new(strategy.Id.Name), token, delivery, cancellationToken).ConfigureAwait(false);
        switch (result)
        {
            case Committed.Yes: break;
            case Committed.Closed: return await AnswerClosedAsync(flow, submission, client, cancellationToken).ConfigureAwait(false);
            case Committed.NoLongerProven: return await ShowAgainAsync(flow, [new("", LoginMessages.InvalidCredentials)], client, cancellationToken).ConfigureAwait(false);
            case Committed.SessionEnded: return new FlowOutcome.Refused(FlowErrors.SessionAal1Required);
            case Committed.CannotLink:
                // Without what cannot be added the account can be signed in to.
                PendingLink.Drop(flow);
                return await ShowAgainAsync(flow, [new("", LoginMessages.LinkedToAnother)], client, cancellationToken).ConfigureAwait(false);
            default: throw new UnreachableException();
        }

        if (await TellHooksAsync(flow, run, draft, cancellationToken).ConfigureAwait(false) is { } failed)
            return failed;
        if (delivery is not null)
            return new FlowOutcome.External(ReturnUrls.WithQuery(location, [KeyValuePair.Create("code", delivery.Code)])) { Success = new(session.IdentityId, session) };
        // The session is issued all the same: the second factor is proven in it.
        var needsMore = !required.IsMet(session, completion.Identity);
        return new FlowOutcome.SignedIn(flow, session, token, needsMore ? RequiredLevel.StepUpUrl(client.PublicUrl, flow.ReturnTo) : location)
        {
            Success = new(session.IdentityId, session),
            NeedsSecondFactor = needsMore,
            // Forms that somebody else was given in this browser end with their session.
            NewBrowserSecret = flow.ClientType == ClientType.Browser && client.Session?.IdentityId != session.IdentityId ? CsrfTokens.NewSecret() : [],
            ContinueWith = flow.ClientType == ClientType.Browser ? [ContinueWith.RedirectBrowserTo(location)] : [],
        };
    }

    /// <summary>Who proves again who they are keeps their session. Who comes back from elsewhere begins another one: nobody can say what the browser did meanwhile.</summary>
    private Session SessionOf(LoginFlow flow, Authentication completion, ClientContext client) => !flow.ComesBack && client.Session is { } own && own.IdentityId == completion.Identity.Id
        ? Services.Sessions.Renew(own, completion.Identity, completion.Methods)
        : Services.Sessions.Create(completion.Identity, completion.Methods, client);

    /// <summary>One transaction: the flow is closed, the session begins or is renewed, others end.</summary>
    private Task<(Committed Result, Session Session)> CommitAsync(
        LoginDraft draft, CredentialType type, string token, SessionExchangeCodes.Delivery? delivery, CancellationToken cancellationToken)
    {
        var (flow, authentication, previous) = (draft.Flow, draft.Authentication, draft.Client.Session);
        var now = Services.Clock.GetUtcNow();
        var hash = SessionTokens.Hash(token);
        var renewed = previous?.Id == draft.Session.Id ? draft.Session : null;
        var fresh = renewed is null ? draft.Session : Services.Sessions.Create(authentication.Identity, authentication.Methods, draft.Client);
        Touch(flow);
        var record = FlowSerializer.ToRecord(flow);
        return Services.Store.WriteAsync(
            async (scope, stop) =>
            {
                if (!await CloseAsync(scope, record, now, stop).ConfigureAwait(false))
                    return (Committed.Closed, draft.Session);
                if (!await StillHoldsAsync(scope, authentication, type, stop).ConfigureAwait(false))
                    return RollBack(Committed.NoLongerProven);
                if (authentication.LinkedFrom is { } before && await scope.Identities.UpdateAsync(authentication.Identity, before.UpdatedAt, stop).ConfigureAwait(false) != IdentityWrite.Written)
                    return RollBack(Committed.CannotLink);
                // After the link, which is stored only over the identity as it was read, and with the old hash.
                if (authentication is { UpgradedCredential: { } upgraded, Identity: { } owner } && owner.Credential(upgraded.Type) is { } used)
                    await scope.Identities.ReplaceCredentialConfigAsync(owner.Id, used, upgraded, stop).ConfigureAwait(false);

                var session = draft.Session;
                if (delivery is not null)
                    await delivery.WriteAsync(scope, session, stop).ConfigureAwait(false);
                else if (renewed is null || !await scope.Sessions.RenewAsync(renewed, hash, now, stop).ConfigureAwait(false))
                {
                    // A second factor alone signs nobody in: what it was to be added to has ended.
                    if (renewed is not null && flow.RequestedAal > AuthenticatorAssuranceLevel.Aal1)
                        return RollBack(Committed.SessionEnded);
                    session = fresh;
                    await scope.Sessions.InsertAsync(session, hash, stop).ConfigureAwait(false);
                }

                if (delivery is null && flow.ComesBack && previous?.IdentityId == session.IdentityId)
                    await scope.Sessions.RevokeAsync(previous.Id, previous.IdentityId, stop).ConfigureAwait(false);
                await draft.WriteAsync(scope, stop).ConfigureAwait(false);
                if (draft.RevokesOtherSessions)
                    await scope.Sessions.RevokeAllAsync(session.IdentityId, session.Id, now, stop).ConfigureAwait(false);
                return (Committed.Yes, session);

                (Committed, Session) RollBack(Committed why)
                {
                    scope.RollBack();
                    return (why, draft.Session);
                }
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether what was proven still is: the account is active, and the credential is the one that was looked at. Hashing and hooks take time, in which a password may have been replaced and the sessions
    /// of the old one ended.
    /// </summary>
    private static async ValueTask<bool> StillHoldsAsync(IStoreScope scope, Authentication authentication, CredentialType type, CancellationToken cancellationToken)
    {
        var seen = authentication.LinkedFrom ?? authentication.Identity;
        if (await scope.Identities.FindAsync(seen.Id, withCredentials: false, cancellationToken).ConfigureAwait(false) is not { State: IdentityState.Active } stored)
            return false;
        // Every change is a later version.
        if (stored.UpdatedAt == seen.UpdatedAt)
            return true;
        stored = (await scope.Identities.FindAsync(seen.Id, withCredentials: true, cancellationToken).ConfigureAwait(false))!;
        return seen.Credential(type) is not { } used
            || (stored.Credential(type) is { } kept && kept.Config.GetRawText() == used.Config.GetRawText() && kept.Identifiers.SequenceEqual(used.Identifiers, StringComparer.Ordinal));
    }

    private enum Committed
    {
        Yes,

        /// <summary>Somebody else closed the flow first.</summary>
        Closed,

        /// <summary>The credential or the account was changed meanwhile.</summary>
        NoLongerProven,

        /// <summary>The session that a second factor was to be added to has ended.</summary>
        SessionEnded,

        /// <summary>What the flow has been keeping belongs to another account by now.</summary>
        CannotLink,
    }

    protected override IEnumerable<ILoginStrategy> Candidates(LoginFlow flow) =>
        base.Candidates(flow).Where(s => s.IsSecondFactor == flow.RequestedAal > AuthenticatorAssuranceLevel.Aal1);

    protected override void Remember(LoginFlow flow, ILoginStrategy strategy, Submission submission) => strategy.Remember(flow.Ui, submission);

    protected override IEnumerable<FieldMessage> NoStrategy(LoginFlow flow, Submission submission) => [new("", LoginMessages.NoStrategy)];

    protected override IReadOnlyList<string> NodeKeys(LoginFlow flow) => Keys;

    protected override void Touch(LoginFlow flow) => flow.UpdatedAt = Services.Clock.GetUtcNow();

    protected override LoginFlow Read(FlowRecord record) => FlowSerializer.ToLoginFlow(record);

    private static AuthenticatorAssuranceLevel? ReadLevel(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "aal1" => AuthenticatorAssuranceLevel.Aal1,
        "aal2" => AuthenticatorAssuranceLevel.Aal2,
        _ => null,
    };
}
