using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Hooks;

/// <summary>The hooks that configuration can name, and what its entries made of them.</summary>
internal sealed class HookCatalog(IEnumerable<IConfiguredHook> known)
{
    private readonly Dictionary<string, IConfiguredHook> _byName = known.ToDictionary(h => h.Name, StringComparer.Ordinal);

    // An entry is the same object for as long as the host runs.
    private readonly ConcurrentDictionary<HookOptions, IHook> _made = new(ReferenceEqualityComparer.Instance);

    /// <summary>The hook of an entry.</summary>
    /// <exception cref="OptionsValidationException">There is no such hook, or its settings are wrong.</exception>
    public IHook Find(HookOptions entry) => _made.GetOrAdd(entry, Make);

    private IHook Make(HookOptions entry)
    {
        if (!_byName.TryGetValue(entry.Hook, out var hook))
            throw Invalid($"There is no hook \"{entry.Hook}\"; use one of {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}, or register yours with AddConfiguredHook.");
        try
        {
            return hook.For(entry.Config);
        }
        catch (FormatException e)
        {
            throw Invalid($"The hook \"{entry.Hook}\" {e.Message}.");
        }
    }

    private static OptionsValidationException Invalid(string fault) => new(nameof(HookOptions), typeof(HookOptions), [fault]);
}
