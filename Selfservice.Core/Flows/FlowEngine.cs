using Selfservice.Errors;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Recovery;
using Selfservice.Registration;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Verification;

namespace Selfservice.Flows;

/// <summary>Performs self-service flows. It knows nothing of HTTP: a host gives it who asks and what was sent, and turns the outcome into an answer.</summary>
public sealed class FlowEngine
{
    private readonly Dictionary<FlowKind, Performance> _kinds;
    private readonly RecoveryFlows _recovery;
    private readonly VerificationFlows _verification;
    private readonly LoginFlows _login;
    private readonly RegistrationFlows _registration;
    private readonly ICallbackStrategy[] _callbacks;

    internal FlowEngine(
        LoginFlows login, RegistrationFlows registration, SettingsFlows settings, RecoveryFlows recovery, VerificationFlows verification, IEnumerable<IStrategy> strategies)
    {
        (_login, _registration, _recovery, _verification) = (login, registration, recovery, verification);
        _callbacks = [.. strategies.OfType<ICallbackStrategy>()];
        _kinds = new()
        {
            [FlowKind.Login] = new(login.CreateAsync, login.SubmitAsync, login.ShowAsync, login.ResumeAsync),
            [FlowKind.Registration] = new(registration.CreateAsync, registration.SubmitAsync, registration.ShowAsync, registration.ResumeAsync),
            [FlowKind.Settings] = new(settings.CreateAsync, settings.SubmitAsync, settings.ShowAsync, settings.ResumeAsync),
            [FlowKind.Recovery] = new(recovery.CreateAsync, recovery.SubmitAsync, recovery.ShowAsync, recovery.ResumeAsync),
            [FlowKind.Verification] = new(verification.CreateAsync, verification.SubmitAsync, verification.ShowAsync, verification.ResumeAsync),
        };
    }

    /// <summary>Begins a flow.</summary>
    public Task<FlowOutcome> CreateAsync(FlowKind kind, FlowInit init, ClientContext client, CancellationToken cancellationToken) =>
        Of(kind).Create(init, client, cancellationToken);

    /// <summary>Takes a submission.</summary>
    /// <param name="kind">The flow's kind.</param>
    /// <param name="flowId">Which; null for an id that is missing or is none.</param>
    /// <param name="content">What was sent.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="cancellationToken">Stops the reading part; once a secret is looked at, the submission runs to its end.</param>
    public async Task<FlowOutcome> SubmitAsync(FlowKind kind, Guid? flowId, SubmissionContent content, ClientContext client, CancellationToken cancellationToken) =>
        await ConvertedAsync(await Of(kind).Submit(flowId, content, client, cancellationToken).ConfigureAwait(false), client).ConfigureAwait(false);

    /// <summary>Takes back a browser that a method had sent elsewhere.</summary>
    /// <param name="method">The method.</param>
    /// <param name="callback">What the browser brings.</param>
    /// <param name="client">The browser.</param>
    /// <param name="cancellationToken">Stops the reading part; once something is used up, all runs to its end.</param>
    /// <returns>The kind of the flow and what became of it; a refusal where there is no flow; null where the host has no such method.</returns>
    public async Task<(FlowKind Kind, FlowOutcome Outcome)?> ResumeAsync(MethodId method, Callback callback, ClientContext client, CancellationToken cancellationToken)
    {
        if (Array.Find(_callbacks, s => s.Id == method) is not { } strategy)
            return null;
        if (!strategy.IsEnabled)
            return (FlowKind.Login, new FlowOutcome.Refused(FlowErrors.MethodDisabled) { ClientType = ClientType.Api });
        switch (await strategy.FindFlowAsync(callback, cancellationToken).ConfigureAwait(false))
        {
            case CallbackTarget.Refused refused:
                return (FlowKind.Login, new FlowOutcome.Refused(refused.Error));
            case CallbackTarget.Found found:
                var outcome = await Of(found.Kind).Resume(found.FlowId, strategy, callback, client, cancellationToken).ConfigureAwait(false);
                return (found.Kind, await ConvertedAsync(outcome, client).ConfigureAwait(false));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A login that found nobody becomes a registration, a registration that found somebody a login.</summary>
    private async Task<FlowOutcome> ConvertedAsync(FlowOutcome outcome, ClientContext client)
    {
        while (outcome is FlowOutcome.Converted conversion)
        {
            outcome = conversion.Link is not null ? await _login.OfferLinkAsync(conversion, client).ConfigureAwait(false)
                : conversion.Kind == FlowKind.Login ? await _login.AdoptAsync(conversion, client).ConfigureAwait(false)
                : await _registration.AdoptAsync(conversion, client).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>Shows a flow, if the client may see it.</summary>
    /// <param name="kind">The flow's kind.</param>
    /// <param name="flowId">Which; null for an id that is missing or is none.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<FlowOutcome> ShowAsync(FlowKind kind, Guid? flowId, ClientContext client, CancellationToken cancellationToken) =>
        Of(kind).Show(flowId, client, cancellationToken);

    /// <summary>Takes the code of a link that a mail brought into the form of its verification, as the contract's origin does: nothing is proven, but the form becomes that of the browser that followed the link.</summary>
    /// <param name="flowId">Which; null for an id that is missing or is none.</param>
    /// <param name="code">The code.</param>
    /// <param name="client">Who followed the link.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<FlowOutcome> OpenVerificationAsync(Guid? flowId, string code, ClientContext client, CancellationToken cancellationToken) =>
        _verification.OpenAsync(flowId, code, client, cancellationToken);

    /// <summary>Begins a recovery whose code or link an administrator hands over.</summary>
    /// <param name="method">The method: <c>code</c> or <c>link</c>.</param>
    /// <param name="init">Who will use it, and where it leads.</param>
    /// <param name="identity">Whose account it opens.</param>
    /// <param name="lifespan">How long it works, more than nothing.</param>
    /// <param name="client">The administrator.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The flow and its code or token; null when the method is off or has no such.</returns>
    public Task<(RecoveryFlow Flow, string Secret)?> IssueRecoveryAsync(
        MethodId method, FlowInit init, Identity identity, TimeSpan lifespan, ClientContext client, CancellationToken cancellationToken) =>
        _recovery.IssueAsync(method, init, identity, lifespan, client, cancellationToken);

    /// <summary>The flow in a stored record.</summary>
    public static Flow Read(FlowRecord record) => FlowSerializer.Read(record);

    /// <summary>The flow as clients see it, UTF-8 JSON.</summary>
    public static byte[] Write(Flow flow) => FlowSerializer.ToDocument(flow);

    private Performance Of(FlowKind kind) => _kinds.TryGetValue(kind, out var known) ? known : throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow.");

    private sealed record Performance(
        Func<FlowInit, ClientContext, CancellationToken, Task<FlowOutcome>> Create,
        Func<Guid?, SubmissionContent, ClientContext, CancellationToken, Task<FlowOutcome>> Submit,
        Func<Guid?, ClientContext, CancellationToken, Task<FlowOutcome>> Show,
        Func<Guid, ICallbackStrategy, Callback, ClientContext, CancellationToken, Task<FlowOutcome>> Resume);
}
