namespace Selfservice.Hooks;

/// <summary>Runs around one kind of commit: when a flow begins (<see cref="FlowStart"/>), or when one is completed (the draft of its kind).</summary>
/// <typeparam name="TDraft">What is committed. A hook for <see cref="HookDraft"/> sees everything.</typeparam>
public interface IFlowHook<in TDraft> : IHook
    where TDraft : HookDraft
{
    /// <summary>Before anything is stored: may stop it or amend the draft. Nothing is promised about the commit's success.</summary>
    ValueTask<HookVerdict> BeforeCommitAsync(TDraft draft, CancellationToken cancellationToken) => ValueTask.FromResult(HookVerdict.Continue);

    /// <summary>After everything is stored, before the client is answered.</summary>
    ValueTask AfterCommitAsync(TDraft draft, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
