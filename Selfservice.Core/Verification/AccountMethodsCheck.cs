using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Recovery;
using Selfservice.Strategies;

namespace Selfservice.Verification;

/// <summary>Stops a host that offers recovery or verification without what they need: people would wait for a mail that nobody sends.</summary>
internal sealed class AccountMethodsCheck(IOptions<SelfserviceOptions> options, IEnumerable<IStrategy> strategies, MessageOutbox outbox) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var flows = options.Value.Flows;
        if (flows.Recovery.Enabled)
            Check<IRecoveryStrategy>(FlowKind.Recovery, "Recovery", flows.Recovery.Use);
        if (flows.Verification.Enabled)
            Check<IVerificationStrategy>(FlowKind.Verification, "Verification", flows.Verification.Use);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Check<TStrategy>(FlowKind kind, string key, string use)
        where TStrategy : IStrategy
    {
        var known = strategies.OfType<TStrategy>().Select(s => s.Id.Name).ToArray();
        if (!known.Contains(use))
            throw Wrong($"Selfservice:Flows:{key}:Use is \"{use}\"; this host has {(known.Length == 0 ? "no method" : string.Join(" and ", known))} for {kind}. Use one of them, or add the method's package.");
        if (!outbox.IsAvailable)
            throw Wrong($"Selfservice:Flows:{key}:Enabled is true, but the host has no courier to send mails: add AddCourier(), or switch it off.");
    }

    private static OptionsValidationException Wrong(string sentence) => new(nameof(SelfserviceOptions), typeof(SelfserviceOptions), [sentence]);
}
