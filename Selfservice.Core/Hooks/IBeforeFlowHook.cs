using Selfservice.Flows;

namespace Selfservice.Hooks;

/// <summary>A flow that is about to begin.</summary>
public sealed class FlowStart : HookDraft
{
    /// <summary>The flow with its form; <see cref="Flow.Kind"/> tells which it is.</summary>
    public required Flow Flow { get; init; }
}

/// <summary>Runs when a client begins a flow, of whichever kind, and when a new one takes an expired one's place.</summary>
public interface IBeforeFlowHook
{
    /// <summary>Before the flow is stored: may refuse it, and then there is none.</summary>
    ValueTask<HookVerdict> BeforeFlowAsync(FlowStart start, CancellationToken cancellationToken);
}
