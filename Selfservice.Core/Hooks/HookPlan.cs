using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Strategies;

namespace Selfservice.Hooks;

/// <summary>Finds the hooks of a flow: those that the host registered in code, which always run, then those that configuration names.</summary>
internal sealed class HookPlan<THook>(IEnumerable<THook> registered, IEnumerable<IConfiguredHook> configured)
    where THook : class
{
    private readonly THook[] _always = [.. registered.Where(h => h is not IConfiguredHook)];
    private readonly Dictionary<string, IConfiguredHook> _byName = configured.ToDictionary(h => h.Name, StringComparer.Ordinal);

    /// <summary>The hooks after a flow that the given method did.</summary>
    /// <exception cref="OptionsValidationException">Configuration names a hook that does not exist, or that this flow has no use for.</exception>
    public IEnumerable<THook> For(AfterOptions after, MethodId method, IReadOnlyList<string> defaults)
    {
        var names = (after.Methods.GetValueOrDefault(method.Name)?.Hooks ?? after.Hooks)?.Select(h => h.Hook) ?? defaults;
        return _always.Concat(names.Select(Find).OfType<THook>());
    }

    private IConfiguredHook Find(string name) => _byName.TryGetValue(name, out var hook)
        ? hook
        : throw new OptionsValidationException(nameof(HookOptions), typeof(HookOptions), [$"There is no hook \"{name}\". Known are: {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}."]);
}
