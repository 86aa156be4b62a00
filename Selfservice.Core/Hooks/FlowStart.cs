using Selfservice.Flows;

namespace Selfservice.Hooks;

/// <summary>A flow that is about to begin, or did: a client asked for it, or it takes an expired one's place.</summary>
public sealed class FlowStart : HookDraft
{
    /// <summary>The flow with its form; <see cref="Flow.Kind"/> tells which it is.</summary>
    public required Flow Flow { get; init; }
}
