using System.Diagnostics;
using Selfservice.Hooks;

namespace Selfservice.Flows;

// The hooks before and after a commit, for every kind of flow.
internal abstract partial class FlowRunner<TFlow, TStrategy, TCompletion>
{
    /// <summary>Lets the hooks before the commit speak, in order. Null when the flow may go on; the outcome that ends it otherwise.</summary>
    protected Task<FlowOutcome?> AskHooksAsync<TDraft>(TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, ClientContext client, CancellationToken cancellationToken)
        where TDraft : HookDraft =>
        AskHooksAsync(flow, hooks, draft, veto => ShowAgainAsync(flow, veto.Messages, client, cancellationToken), cancellationToken);

    private static async Task<FlowOutcome?> AskHooksAsync<TDraft>(
        TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, Func<HookVerdict.Veto, Task<FlowOutcome>> show, CancellationToken cancellationToken)
        where TDraft : HookDraft
    {
        foreach (var hook in hooks)
        {
            switch (await hook.BeforeCommitAsync(draft, cancellationToken).ConfigureAwait(false))
            {
                case HookVerdict.Proceed: continue;
                case HookVerdict.Veto veto: return await show(veto).ConfigureAwait(false);
                case HookVerdict.Refuse refuse: return new FlowOutcome.Refused(refuse.Error) { ClientType = flow.ClientType };
                case HookVerdict.Divert { Error: { } error } divert: return new FlowOutcome.Detour(divert.Location, error) { ClientType = flow.ClientType };
                case HookVerdict.Divert divert: return new FlowOutcome.External(divert.Location);
                default: throw new UnreachableException();
            }
        }

        return null;
    }

    /// <summary>Tells the hooks after the commit, in order. Null when all went well; else what the client is told, though everything is stored.</summary>
    protected static async Task<FlowOutcome?> TellHooksAsync<TDraft>(TFlow flow, IFlowHook<TDraft>[] hooks, TDraft draft, CancellationToken cancellationToken)
        where TDraft : HookDraft
    {
        try
        {
            foreach (var hook in hooks)
                await hook.AfterCommitAsync(draft, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HookFailedException e)
        {
            return new FlowOutcome.Refused(e.Error) { ClientType = flow.ClientType };
        }
    }
}
