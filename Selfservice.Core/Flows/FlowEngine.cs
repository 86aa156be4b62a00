using Selfservice.Login;
using Selfservice.Registration;
using Selfservice.Storage;

namespace Selfservice.Flows;

/// <summary>Performs self-service flows. It knows nothing of HTTP: a host gives it who asks and what was sent, and turns the outcome into an answer.</summary>
public sealed class FlowEngine
{
    private readonly IStore _store;
    private readonly LoginFlows _login;
    private readonly RegistrationFlows _registration;

    internal FlowEngine(IStore store, LoginFlows login, RegistrationFlows registration) => (_store, _login, _registration) = (store, login, registration);

    /// <summary>Begins a flow.</summary>
    public Task<FlowOutcome> CreateAsync(FlowKind kind, FlowInit init, ClientContext client, CancellationToken cancellationToken) =>
        kind == FlowKind.Login ? _login.CreateAsync(init, client, cancellationToken)
        : kind == FlowKind.Registration ? _registration.CreateAsync(init, client, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow.");

    /// <summary>Takes a submission.</summary>
    /// <param name="kind">The flow's kind.</param>
    /// <param name="flowId">Which; null for an id that is missing or is none.</param>
    /// <param name="content">What was sent.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="cancellationToken">Stops the reading part; once a secret is looked at, the submission runs to its end.</param>
    public Task<FlowOutcome> SubmitAsync(FlowKind kind, Guid? flowId, SubmissionContent content, ClientContext client, CancellationToken cancellationToken) =>
        kind == FlowKind.Login ? _login.SubmitAsync(flowId, content, client, cancellationToken)
        : kind == FlowKind.Registration ? _registration.SubmitAsync(flowId, content, client, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow.");

    /// <summary>The flow as it is stored; null without one. Whether the caller may see it is the host's to decide.</summary>
    public Task<FlowRecord?> FindAsync(FlowKind kind, Guid id, CancellationToken cancellationToken) =>
        _store.ReadAsync((scope, token) => scope.Flows.FindAsync(kind, id, token), cancellationToken);

    /// <summary>The flow in a stored record.</summary>
    public static Flow Read(FlowRecord record) =>
        record.Kind == FlowKind.Login ? FlowSerializer.ToLoginFlow(record)
        : record.Kind == FlowKind.Registration ? FlowSerializer.ToRegistrationFlow(record)
        : throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "There is no such flow.");

    /// <summary>The flow as clients see it, UTF-8 JSON.</summary>
    public static byte[] Write(Flow flow) => FlowSerializer.ToDocument(flow);
}
