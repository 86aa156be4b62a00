using Selfservice.Configuration;
using Selfservice.Strategies;

namespace Selfservice.Hooks;

/// <summary>Finds the hooks of a flow: those that the host registered in code, which always run, then those that configuration names.</summary>
internal sealed class HookPlan<THook>(IEnumerable<THook> registered, HookCatalog catalog)
    where THook : class
{
    private readonly THook[] _always = [.. registered.Where(h => h is not IConfiguredHook)];

    /// <summary>The hooks after a flow that the given method did.</summary>
    public IEnumerable<THook> For(AfterOptions after, MethodId method, IReadOnlyList<HookOptions> defaults) =>
        For(after.Methods.GetValueOrDefault(method.Name)?.Hooks ?? after.Hooks ?? defaults);

    /// <summary>The hooks that the entries name.</summary>
    public IEnumerable<THook> For(IEnumerable<HookOptions> entries) => _always.Concat(entries.Select(catalog.Find).OfType<THook>());
}
