using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Sessions;

namespace Selfservice.Telemetry;

/// <summary>
/// Tells operators what happened to flows, sessions and accounts: a line in the log, an event on the span of the request, and a count. Ids and numbers alone: what was typed, and whom an id belongs to, is in none
/// of them, and no id is in a count. The names of the span's events and of their attributes are the contract's.
/// </summary>
internal sealed partial class SelfserviceEvents
{
    private readonly Counter<long> _flows;
    private readonly ILogger _logger;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meters that it makes; one without a factory lives as long as the host.")]
    public SelfserviceEvents(ILogger<SelfserviceEvents>? logger = null, IMeterFactory? meters = null)
    {
        _logger = logger ?? NullLogger<SelfserviceEvents>.Instance;
        _flows = (meters?.Create("Selfservice") ?? new Meter("Selfservice")).CreateCounter<long>(
            "selfservice.flows", "{event}", "What happened to flows, by flow, client, outcome (initiated, succeeded, failed) and the method that was used.");
    }

    /// <summary>A flow was begun.</summary>
    public void Initiated(Flow flow)
    {
        Count(flow, "initiated");
        LogInitiated(flow.Kind, flow.Id);
        if (IsTraced)
            Trace(flow, "Initiated");
    }

    /// <summary>An administrator let somebody back in.</summary>
    public void InitiatedByAdministrator(Flow flow, Guid identityId)
    {
        Count(flow, "initiated");
        LogInitiatedByAdministrator(flow.Kind, flow.Id, identityId);
        if (IsTraced)
            Trace(flow, "InitiatedByAdmin", Attribute("IdentityID", identityId));
    }

    /// <summary>A submission was answered. Steps on the way, and detours, are told nobody.</summary>
    public void Answered(Flow flow, FlowOutcome outcome)
    {
        if (outcome.Success is { } success)
            Succeeded(flow, success);
        else if (Fault(outcome) is { } fault)
            Failed(flow, fault);
    }

    private void Succeeded(Flow flow, FlowSuccess success)
    {
        Count(flow, "succeeded");
        LogSucceeded(flow.Kind, success.IdentityId, Method(flow), flow.Id, success.Session?.Id);
        if (!IsTraced)
            return;
        if (success.Session is { } session)
            Trace(flow, "Succeeded", Attribute("IdentityID", success.IdentityId), Attribute("SessionID", session.Id), Attribute("SessionAAL", session.Aal.ToWireName()));
        else
            Trace(flow, "Succeeded", Attribute("IdentityID", success.IdentityId));
    }

    private void Failed(Flow flow, string fault)
    {
        Count(flow, "failed");
        LogFailed(flow.Kind, Method(flow), flow.Id, fault);
        if (IsTraced)
            Trace(flow, "Failed", Attribute("ErrorReason", fault));
    }

    /// <summary>An administrator made, changed or removed an identity.</summary>
    /// <param name="change">What: Created, Updated or Deleted.</param>
    /// <param name="identityId">Which.</param>
    public void IdentityChanged(IdentityEvent change, Guid identityId)
    {
        LogIdentityChanged(change, identityId);
        if (IsTraced)
            Trace($"Identity{change}", Attribute("IdentityID", identityId));
    }

    /// <summary>A session was ended on purpose.</summary>
    public void SessionRevoked(Guid sessionId, Guid? identityId)
    {
        LogSessionRevoked(sessionId, identityId);
        if (IsTraced)
            Trace("SessionRevoked", Attribute("SessionID", sessionId), Attribute("IdentityID", identityId));
    }

    /// <summary>All sessions of an identity were ended on purpose, or all but one.</summary>
    public void SessionsRevoked(int count, Guid identityId)
    {
        LogSessionsRevoked(count, identityId);
        if (IsTraced)
            Trace("SessionRevoked", Attribute("IdentityID", identityId));
    }

    /// <summary>An administrator prolonged a session.</summary>
    public void SessionExtended(Session session)
    {
        LogSessionExtended(session.Id, session.IdentityId);
        if (IsTraced)
            Trace("SessionLifespanExtended", Attribute("SessionID", session.Id), Attribute("IdentityID", session.IdentityId));
    }

    /// <summary>Why a submission did not do what was asked for, in numbers and ids; null when nothing stood against it.</summary>
    private static string? Fault(FlowOutcome outcome) => outcome switch
    {
        FlowOutcome.Refused refused => refused.Error.Id ?? $"{refused.Error.Code}",
        FlowOutcome.FormShown shown => Errors(shown.Flow.Ui),
        FlowOutcome.Replaced replaced => Errors(replaced.Flow.Ui),
        _ => null,
    };

    private static string? Errors(UiContainer ui)
    {
        var ids = (ui.Messages ?? []).Concat(ui.Nodes.SelectMany(node => node.Messages)).Where(message => message.Type == MessageType.Error).Select(message => message.Id.ToString());
        return string.Join(' ', ids.Distinct()) is { Length: > 0 } all ? all : null;
    }

    private void Count(Flow flow, string outcome)
    {
        if (!_flows.Enabled)
            return;
        var tags = new TagList { { "flow", flow.Kind.Name }, { "client", Client(flow) }, { "outcome", outcome } };
        if (flow.Performer is { } method)
            tags.Add("method", method.Name);
        _flows.Add(1, tags);
    }

    private static bool IsTraced => Activity.Current is { IsAllDataRequested: true };

    private static void Trace(Flow flow, string what, params ReadOnlySpan<KeyValuePair<string, object?>> more)
    {
        List<KeyValuePair<string, object?>> attributes = [Attribute("FlowID", flow.Id), Attribute("SelfServiceFlowName", flow.Kind.Name), Attribute("SelfServiceFlowType", Client(flow))];
        if (flow.Performer is { } method)
            attributes.Add(Attribute("SelfServiceMethodUsed", method.Name));
        Trace($"{char.ToUpperInvariant(flow.Kind.Name[0])}{flow.Kind.Name[1..]}{what}", [.. attributes, .. more]);
    }

    private static void Trace(string name, params ReadOnlySpan<KeyValuePair<string, object?>> attributes) => Activity.Current!.AddEvent(new(name, tags: [.. attributes]));

    private static KeyValuePair<string, object?> Attribute(string name, object? value) => new(name, value);

    private static string Method(Flow flow) => flow.Performer?.Name ?? "no method";

    private static string Client(Flow flow) => flow.ClientType == ClientType.Browser ? "browser" : "api";

    [LoggerMessage(1001, LogLevel.Debug, "Flow {FlowId} was begun: {Flow}.", EventName = "FlowInitiated")]
    private partial void LogInitiated(FlowKind flow, Guid flowId);

    [LoggerMessage(1002, LogLevel.Information, "Flow {FlowId} was begun by an administrator: {Flow} of identity {IdentityId}.", EventName = "FlowInitiatedByAdministrator")]
    private partial void LogInitiatedByAdministrator(FlowKind flow, Guid flowId, Guid identityId);

    [LoggerMessage(1003, LogLevel.Information, "Flow {FlowId} succeeded: {Flow} of identity {IdentityId} by {Method}, session {SessionId}.", EventName = "FlowSucceeded")]
    private partial void LogSucceeded(FlowKind flow, Guid identityId, string method, Guid flowId, Guid? sessionId);

    [LoggerMessage(1004, LogLevel.Information, "A submission of flow {FlowId} failed: {Flow} by {Method}, because of {Fault}.", EventName = "FlowFailed")]
    private partial void LogFailed(FlowKind flow, string method, Guid flowId, string fault);

    [LoggerMessage(1005, LogLevel.Information, "Identity {IdentityId} was {Change} by an administrator.", EventName = "IdentityChanged")]
    private partial void LogIdentityChanged(IdentityEvent change, Guid identityId);

    [LoggerMessage(1006, LogLevel.Information, "Session {SessionId} of identity {IdentityId} was ended.", EventName = "SessionRevoked")]
    private partial void LogSessionRevoked(Guid sessionId, Guid? identityId);

    [LoggerMessage(1007, LogLevel.Information, "{Count} sessions of identity {IdentityId} were ended.", EventName = "SessionsRevoked")]
    private partial void LogSessionsRevoked(int count, Guid identityId);

    [LoggerMessage(1008, LogLevel.Information, "Session {SessionId} of identity {IdentityId} was prolonged by an administrator.", EventName = "SessionExtended")]
    private partial void LogSessionExtended(Guid sessionId, Guid identityId);
}

/// <summary>What an administrator did to an identity.</summary>
internal enum IdentityEvent
{
    /// <summary>It is there now.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Updated,

    /// <summary>It is gone, with its sessions.</summary>
    Deleted,
}
