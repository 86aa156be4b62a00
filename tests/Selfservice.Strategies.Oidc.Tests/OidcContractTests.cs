using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Testing.Strategies;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>
/// What every method keeps to that signs people up; by a submitted ID token, since that needs no browser. Signing in has no such tests here: whoever brings a proper token of somebody unknown is signed up,
/// where other methods say that nobody is known.
/// </summary>
public sealed class OidcContractTests : RegistrationStrategyContractTests
{
    private LocalProvider _provider = null!;

    [OneTimeSetUp]
    public async Task StartProviderAsync()
    {
        // The time at which the hosts of the contract tests stand still.
        _provider = await LocalProvider.StartAsync(new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        _provider.Claims = claims => claims.Remove("email");
    }

    [OneTimeTearDown]
    public async Task StopProviderAsync() => await _provider.DisposeAsync();

    protected override string Method => "oidc";

    protected override IReadOnlyCollection<string> RequiredFields => [];

    protected override IReadOnlyDictionary<string, string> ClaimingFields => new Dictionary<string, string> { ["provider"] = "local" };

    protected override IReadOnlyDictionary<string, string> Proof => new Dictionary<string, string>
    {
        ["provider"] = "local", ["id_token"] = _provider.IdToken(), ["id_token_nonce"] = LocalProvider.Nonce, ["traits.email"] = "anna@example.org",
    };

    protected override IReadOnlyCollection<string> Secrets => [_provider.IdToken(), LocalProvider.Nonce, LocalProvider.ClientSecret];

    protected override string RequiredTrait => "traits.email";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled)
    {
        builder.Services.Configure<SelfserviceOptions>(o => o.Clients.Http.DisallowPrivateIpRanges = false);
        builder.AddOidc(o =>
        {
            o.Enabled = enabled;
            o.Config.Providers = [];
            o.AddOpenIdConnect("local", _provider.Issuer, LocalProvider.ClientId, LocalProvider.ClientSecret, p => p.AcceptIdTokens = true);
        });
    }
}
