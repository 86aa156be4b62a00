using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Strategies;

namespace Selfservice.Hooks;

/// <summary>Stops a host whose configuration names a hook, or a method for hooks to follow, that does not exist, or configures a hook wrongly: it would silently not run, or fail for the first person.</summary>
internal sealed class HookNamesCheck(IOptions<SelfserviceOptions> options, HookCatalog catalog, IEnumerable<IStrategy> strategies) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var flows = options.Value.Flows;
        AfterOptions[] after = [flows.Login.After, flows.Registration.After, flows.Settings.After, flows.Recovery.After, flows.Verification.After];
        var methods = strategies.Select(s => s.Id.Name).ToHashSet(StringComparer.Ordinal);
        if (after.SelectMany(a => a.Methods.Keys).FirstOrDefault(name => !methods.Contains(name)) is { } unknown)
        {
            throw new OptionsValidationException(
                nameof(AfterOptions), typeof(AfterOptions), [$"\"{unknown}\" below After of a flow is no method of this host, so what is set there would never run; correct its spelling, add its package, or remove it."]);
        }

        foreach (var entry in after.SelectMany(Entries))
            catalog.Find(entry);
        BeforeOptions[] before = [flows.Login.Before, flows.Registration.Before, flows.Settings.Before, flows.Recovery.Before, flows.Verification.Before];
        return before.SelectMany(b => b.Hooks).FirstOrDefault(entry => catalog.Find(entry) is not (IFlowHook<FlowStart> or NoHook)) is { } misplaced
            ? throw new OptionsValidationException(nameof(HookOptions), typeof(HookOptions), [$"The hook \"{misplaced.Hook}\" cannot run before a flow; move it from Before to After."])
            : Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<HookOptions> Entries(AfterOptions after) => (after.Hooks ?? []).Concat(after.Methods.Values.SelectMany(m => m.Hooks ?? []));
}
