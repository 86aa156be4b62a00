using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;
using Selfservice.Storage;

namespace Selfservice.Testing.Strategies;

/// <summary>What a method that proves addresses has to keep to.</summary>
public abstract class VerificationStrategyContractTests : MailedProofContractTests
{
    private protected override string Flow => "verification";

    private protected override void Configure(SelfserviceOptions options) => (options.Flows.Verification.Enabled, options.Flows.Verification.Use) = (true, Method);

    private protected override Task<int> CountSuccessesAsync() => Host.Services.GetRequiredService<IStore>().ReadAsync(
        async (scope, token) => (await scope.Identities.FindByVerifiableAddressAsync("email", Address, token).ConfigureAwait(false))!.VerifiableAddresses.Count(a => a.Verified),
        CancellationToken.None);
}
