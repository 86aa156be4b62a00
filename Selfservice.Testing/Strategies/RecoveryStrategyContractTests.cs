using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;
using Selfservice.Storage;

namespace Selfservice.Testing.Strategies;

/// <summary>What a method that lets people back in has to keep to.</summary>
public abstract class RecoveryStrategyContractTests : MailedProofContractTests
{
    private protected override string Flow => "recovery";

    private protected override void Configure(SelfserviceOptions options) => (options.Flows.Recovery.Enabled, options.Flows.Recovery.Use) = (true, Method);

    private protected override Task<int> CountSuccessesAsync() => Host.Services.GetRequiredService<IStore>().ReadAsync(
        async (scope, token) =>
        {
            var identity = (await scope.Identities.FindByRecoveryAddressAsync([Address], token).ConfigureAwait(false))[0];
            return (await scope.Sessions.ListAsync(identity.Id, null, null, 0, 10, token).ConfigureAwait(false)).Total;
        },
        CancellationToken.None);
}
