using System.Text.Json.Nodes;
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
using Selfservice.Verification;

namespace Selfservice.Registration;

/// <summary>What begins a registration and what its completion means; the steps between are the runner's.</summary>
internal sealed class RegistrationFlows(FlowServices services, IEnumerable<IStrategy> strategies, HookPlan<RegistrationDraft> hooks, DuplicateAccount duplicates, VerificationStarter verifications)
    : EntryFlowRunner<RegistrationFlow, IRegistrationStrategy, Enrollment>(FlowKind.Registration, services, strategies)
{
    private static readonly HookOptions[] DefaultHooks = [new() { Hook = SessionHook.HookName }];

    private RegistrationFlowOptions Options => Services.Options.Value.Flows.Registration;

    public async Task<FlowOutcome> CreateAsync(FlowInit init, ClientContext client, CancellationToken cancellationToken)
    {
        if (!Options.Enabled)
            return new FlowOutcome.Refused(FlowErrors.RegistrationDisabled);
        if (init is { ClientType: ClientType.Browser, LoginChallenge: not null })
            return new FlowOutcome.Refused(FlowErrors.LoginChallengeUnconfigured);
        var location = Services.ReturnUrls.Resolve(init.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        var signedIn = client.Session is null ? null : new FlowOutcome.AlreadySignedIn(location, FlowErrors.SessionAlreadyAvailable(FlowKind.Registration));
        if (init.ClientType == ClientType.Api && signedIn is not null)
            return signedIn;
        if ((forbidden ?? Services.Schemas.CheckSelectable(init.IdentitySchema)) is { } error)
            return new FlowOutcome.Refused(error);
        if (signedIn is not null)
            return signedIn;
        var flow = New(init, client);
        await AddFormAsync(flow, cancellationToken).ConfigureAwait(false);
        return await StartAsync(flow, init.WantsExchangeCode, client, cancellationToken).ConfigureAwait(false);
    }

    private RegistrationFlow New(FlowInit init, ClientContext client)
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
            RequestUrl = init.RequestUrl,
            ReturnTo = string.IsNullOrEmpty(init.ReturnTo) ? null : init.ReturnTo,
            IdentitySchema = string.IsNullOrEmpty(init.IdentitySchema) ? null : init.IdentitySchema,
            CsrfSecret = init.CsrfSecret,
            Ui = new() { Action = $"{client.PublicUrl}/self-service/registration?flow={id}" },
        };
    }

    private async Task AddFormAsync(RegistrationFlow flow, CancellationToken cancellationToken)
    {
        var schema = Services.SchemaOf(flow);
        foreach (var field in schema.TraitFields)
            flow.Ui.Nodes.Add(field.ToNode());
        var form = new RegistrationForm(flow, Options.IsOneStep ? RegistrationStage.Combined : RegistrationStage.Profile, schema);
        foreach (var strategy in Enabled)
            await strategy.AddNodesAsync(form, cancellationToken).ConfigureAwait(false);
    }

    protected override FlowOutcome? RefuseVisitor(ClientContext client) => Options.Enabled ? null : new FlowOutcome.Refused(FlowErrors.RegistrationDisabled);

    protected override bool SortsSteps => true;

    protected override FlowOutcome? RefuseClient(ClientContext client) => client.Session is null
        ? null
        : new FlowOutcome.AlreadySignedIn(
            Services.ReturnUrls.WhenSignedIn(client),
            FlowErrors.SessionAlreadyAvailable(FlowKind.Registration));

    protected override async Task<RegistrationFlow> FollowAsync(EntryFlow origin, ClientContext client, CancellationToken cancellationToken)
    {
        var successor = New(FlowInit.InPlaceOf(origin), client);
        await AddFormAsync(successor, cancellationToken).ConfigureAwait(false);
        return successor;
    }

    protected override bool AllowsReuse => Services.Options.Value.FeatureFlags.InsecureAllowCompletedFlowReuse;

    protected override MessageId ExpiredMessage { get; } = new(4040001);

    protected override ValueTask<StrategyResult<Enrollment>> SubmitAsync(
        RegistrationFlow flow, IRegistrationStrategy strategy, Submission submission, ClientContext client, Arrival arrival, CancellationToken cancellationToken)
    {
        var read = ReadTraits(flow, submission, client);
        read = read with { Submission = read.Submission with { Callback = arrival.Callback, Proof = arrival.Proof } };
        TraitsForm.Fill(flow.Ui, read.Submission.Schema, read.Submission.Traits);
        if (Submissions.TransientPayload.Read(submission, out var fault) is null && fault is not null)
            read = read with { Fault = fault };
        return read.Fault is not null
            ? ValueTask.FromResult<StrategyResult<Enrollment>>(new StrategyResult<Enrollment>.Rejected(read.Fault))
            : strategy.RegisterAsync(read.Submission, cancellationToken);
    }

    protected override void Remember(RegistrationFlow flow, IRegistrationStrategy strategy, Submission submission)
    {
        var schema = Services.SchemaOf(flow);
        TraitsForm.Fill(flow.Ui, schema, TraitsForm.Read(submission, schema, out _));
    }

    protected override IEnumerable<FieldMessage> NoStrategy(RegistrationFlow flow, Submission submission)
    {
        if (submission.Method is not null)
            return [new("", RegistrationMessages.NoStrategy)];
        // Who names no method is first told what is wrong with the profile.
        var (read, fault) = ReadTraits(flow, submission, client: null);
        return fault is not null ? [fault] : read.Evaluation.IsValid ? [new("", RegistrationMessages.NoStrategy)] : read.TraitFaults;
    }

    private (RegistrationSubmission Submission, FieldMessage? Fault) ReadTraits(RegistrationFlow flow, Submission submission, ClientContext? client)
    {
        var schema = Services.SchemaOf(flow);
        var traits = TraitsForm.Read(submission, schema, out var fault);
        return (new(flow, submission, client!, schema, traits, schema.Evaluate(traits)), fault);
    }

    protected override async Task<FlowOutcome> CompleteAsync(
        RegistrationFlow flow, IRegistrationStrategy strategy, Enrollment completion, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        var location = Services.ReturnUrls.After(flow, Options.After, strategy.Id, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        var draft = new RegistrationDraft
        {
            Flow = flow,
            Identity = completion.Identity,
            Method = completion.Method,
            Client = client,
            TransientPayload = TransientPayload(submission) ?? [],
        };
        var run = hooks.For(Options.After, strategy.Id, DefaultHooks);
        if (await AskHooksAsync(flow, run, draft, client, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;
        return await CommitAsync(draft, run, location, cancellationToken).ConfigureAwait(false) switch
        {
            (IdentityWrite.Written, { } outcome) => outcome,
            (IdentityWrite.Conflict, _) => await AnswerTakenAsync(draft, strategy, completion, submission, cancellationToken).ConfigureAwait(false),
            _ => await AnswerClosedAsync(flow, null, client, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Another account has what this one was to have: the person is told so, or asked to sign in to it.</summary>
    private async Task<FlowOutcome> AnswerTakenAsync(
        RegistrationDraft draft, IRegistrationStrategy strategy, Enrollment completion, Submission submission, CancellationToken cancellationToken)
    {
        var offer = completion.Link is { } link ? await duplicates.OfferLinkAsync(draft.Identity, link, cancellationToken).ConfigureAwait(false) : null;
        return offer is not null
            ? new FlowOutcome.Converted(draft.Flow, FlowKind.Login, strategy.Id, submission) { Link = offer }
            : await ShowAgainAsync(draft.Flow, [new("", await duplicates.ExplainAsync(draft.Identity, cancellationToken).ConfigureAwait(false))], draft.Client, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(IdentityWrite, FlowOutcome?)> CommitAsync(RegistrationDraft draft, IFlowHook<RegistrationDraft>[] run, string location, CancellationToken cancellationToken)
    {
        var (flow, client) = (draft.Flow, draft.Client);
        var browserSecret = flow.ClientType == ClientType.Browser ? CsrfTokens.NewSecret() : [];
        // A hook may have made an identity that is not to sign in yet.
        var isActive = draft.Identity.State == IdentityState.Active;
        var plan = isActive
            ? await verifications.PlanAsync(draft.Identity, flow, browserSecret, client, cancellationToken).ConfigureAwait(false)
            : new VerificationPlan(draft.Identity, [], ShowsAlways: false);
        var identity = draft.Identity = plan.Identity;
        // A native client that waits for a session gets one: it has no other way to learn that the registration went well.
        var session = isActive && (draft.SignsIn || flow.HandsOver) ? Services.Sessions.Create(identity, [draft.Method], client) : null;
        var delivery = session is not null && flow.HandsOver ? Services.ExchangeCodes.Deliver(flow, session) : null;
        var token = session is null || delivery is not null ? null : SessionTokens.New();
        var record = FlowSerializer.ToRecord(flow);
        var now = Services.Clock.GetUtcNow();
        var written = await Services.Store.WriteAsync(
            async (scope, stop) =>
            {
                var closed = await CloseAsync(scope, record, now, stop).ConfigureAwait(false);
                var result = closed ? await scope.Identities.InsertAsync(identity, stop).ConfigureAwait(false) : IdentityWrite.Missing;
                if (result != IdentityWrite.Written)
                {
                    scope.RollBack();
                    return result;
                }

                if (delivery is not null)
                    await delivery.WriteAsync(scope, session!, stop).ConfigureAwait(false);
                else if (session is not null)
                    await scope.Sessions.InsertAsync(session, SessionTokens.Hash(token!), stop).ConfigureAwait(false);
                foreach (var started in plan.Started)
                    await started.Work(scope, stop).ConfigureAwait(false);
                await draft.WriteAsync(scope, stop).ConfigureAwait(false);
                return result;
            },
            cancellationToken).ConfigureAwait(false);
        if (written != IdentityWrite.Written)
            return (written, null);

        Services.Outbox.Wake();
        if (await TellHooksAsync(flow, run, draft, cancellationToken).ConfigureAwait(false) is { } failed)
            return (written, failed);
        if (!isActive)
            return (written, new FlowOutcome.Refused(FlowErrors.IdentityDisabled(identity.Id)));
        if (delivery is not null)
            return (written, new FlowOutcome.External(ReturnUrls.WithQuery(location, [KeyValuePair.Create("code", delivery.Code)])) { Success = new(identity.Id, session) });
        return (written, new FlowOutcome.SignedUp(flow, identity, session, token, draft.ShowsVerification && plan.Started is [var first, ..] ? verifications.PageOf(first, client) : location)
        {
            Success = new(identity.Id, session),
            ContinueWith = Next(draft, plan, token, location),
            NewBrowserSecret = session is not null || plan.Started.Count > 0 ? browserSecret : [],
        });
    }

    private static IReadOnlyList<JsonObject> Next(RegistrationDraft draft, VerificationPlan plan, string? token, string location)
    {
        var shown = draft.ShowsVerification || plan.ShowsAlways ? plan.Started.Select(s => s.ContinueWith) : [];
        return draft.Flow.ClientType == ClientType.Browser ? [ContinueWith.RedirectBrowserTo(location), .. shown]
            : token is not null ? [.. shown, ContinueWith.SetSessionToken(token)] : [.. shown];
    }

    protected override IReadOnlyList<string> NodeKeys(RegistrationFlow flow)
    {
        // In the contract the password stands right below the first trait.
        List<string> keys = ["csrf_token", .. Services.SchemaOf(flow).TraitPaths.Where(p => p.Type != "object").Select(p => p.Path)];
        keys.Insert(Math.Min(keys.Count, 2), "password");
        return [.. keys, "webauthn_remove", "webauthn_register_displayname", "webauthn_register"];
    }

    protected override RegistrationFlow Read(FlowRecord record) => FlowSerializer.ToRegistrationFlow(record);
}
