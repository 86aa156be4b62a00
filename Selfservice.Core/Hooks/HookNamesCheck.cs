using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Hooks;

/// <summary>Stops a host whose configuration names a hook that does not exist: a misspelt one would silently not run.</summary>
internal sealed class HookNamesCheck(IOptions<SelfserviceOptions> options, IEnumerable<IConfiguredHook> hooks) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var known = hooks.Select(h => h.Name).Order(StringComparer.Ordinal).ToArray();
        var flows = options.Value.Flows;
        AfterOptions[] after = [flows.Login.After, flows.Registration.After, flows.Settings.After, flows.Recovery.After, flows.Verification.After];
        var unknown = after.SelectMany(Names).FirstOrDefault(name => !known.Contains(name));
        return unknown is null
            ? Task.CompletedTask
            : throw new OptionsValidationException(nameof(HookOptions), typeof(HookOptions), [$"There is no hook \"{unknown}\"; use one of {string.Join(", ", known)}, or register yours with AddConfiguredHook."]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<string> Names(AfterOptions after) =>
        (after.Hooks ?? []).Concat(after.Methods.Values.SelectMany(m => m.Hooks ?? [])).Select(h => h.Hook);
}
