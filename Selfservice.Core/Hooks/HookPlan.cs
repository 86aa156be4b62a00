using Selfservice.Configuration;
using Selfservice.Strategies;

namespace Selfservice.Hooks;

/// <summary>Finds the hooks around one kind of commit: those that the host registered in code, which always run, then those that configuration names.</summary>
internal sealed class HookPlan<TDraft>(IEnumerable<IHook> registered, HookCatalog catalog)
    where TDraft : HookDraft
{
    private readonly IFlowHook<TDraft>[] _always = [.. registered.OfType<IFlowHook<TDraft>>()];

    /// <summary>The hooks after a flow that the given method did.</summary>
    public IFlowHook<TDraft>[] For(AfterOptions after, MethodId method, IReadOnlyList<HookOptions> defaults) =>
        For(after.Methods.GetValueOrDefault(method.Name)?.Hooks ?? after.Hooks ?? defaults);

    /// <summary>The hooks that the entries name.</summary>
    public IFlowHook<TDraft>[] For(IEnumerable<HookOptions> entries) => [.. _always, .. entries.Select(catalog.Find).OfType<IFlowHook<TDraft>>()];
}
