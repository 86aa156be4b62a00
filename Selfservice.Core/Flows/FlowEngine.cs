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

    internal FlowEngine(LoginFlows login, RegistrationFlows registration, SettingsFlows settings, RecoveryFlows recovery, VerificationFlows verification)
    {
        (_recovery, _verification) = (recovery, verification);
        _kinds = new()
        {
            [FlowKind.Login] = new(login.CreateAsync, login.SubmitAsync, login.ShowAsync),
            [FlowKind.Registration] = new(registration.CreateAsync, registration.SubmitAsync, registration.ShowAsync),
            [FlowKind.Settings] = new(settings.CreateAsync, settings.SubmitAsync, settings.ShowAsync),
            [FlowKind.Recovery] = new(recovery.CreateAsync, recovery.SubmitAsync, recovery.ShowAsync),
            [FlowKind.Verification] = new(verification.CreateAsync, verification.SubmitAsync, verification.ShowAsync),
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
    public Task<FlowOutcome> SubmitAsync(FlowKind kind, Guid? flowId, SubmissionContent content, ClientContext client, CancellationToken cancellationToken) =>
        Of(kind).Submit(flowId, content, client, cancellationToken);

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
        Func<Guid?, ClientContext, CancellationToken, Task<FlowOutcome>> Show);
}
