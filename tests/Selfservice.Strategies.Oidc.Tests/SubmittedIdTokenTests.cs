using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers.Kinds;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>Native apps get an ID token from the provider's own library and submit it.</summary>
public sealed class SubmittedIdTokenTests
{
    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _exchange = await Exchange.StartAsync();
        _exchange.Settings.AcceptIdTokens = true;
    }

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    [Test]
    public async Task Token_OfTheProvider_IsTaken() => (await VerifyAsync(LocalProvider.Nonce)).Value().Subject.ShouldBe(LocalProvider.Subject);

    [Test]
    public async Task Token_OfAKindThatTakesNone_IsRefused()
    {
        _exchange.Settings.AcceptIdTokens = false;
        var error = (await VerifyAsync(LocalProvider.Nonce)).Error();
        (error.Code, error.Id, error.Message, error.Reason).ShouldBe((502, "upstream_error", "Upstream error", "The provider generic does not support id_token verification"));
    }

    [TestCase(LocalProvider.Nonce, null, "No nonce was provided but is required by the provider")]
    [TestCase(LocalProvider.Nonce, "", "No nonce was provided but is required by the provider")]
    [TestCase(LocalProvider.Nonce, "another", "The supplied nonce does not match the nonce from the id_token")]
    [TestCase(null, "another", "No nonce was included in the id_token but is required by the provider")]
    [TestCase(null, null, "No nonce was included in the id_token but is required by the provider")]
    [Property("Checklist", "10.5.1")]
    public async Task Token_WithAWrongNonce_IsRefused(string? held, string? submitted, string reason)
    {
        Hold("nonce", held);
        var error = (await VerifyAsync(submitted)).Error();
        (error.Code, error.Id, error.Reason).ShouldBe((502, "upstream_error", reason));
    }

    [TestCase("google", null, true)]
    [TestCase("apple", null, true)]
    [TestCase("apple", "true", false)]
    public async Task Token_WithoutANonce_IsTakenWhereTheKindHasNone(string kind, string? nonceSupported, bool isTaken)
    {
        _exchange.Kind = BuiltInKinds.All.Single(k => k.Name == kind) with { HasFixedIssuer = false };
        _exchange.Settings.AcceptIdTokens = false;
        _exchange.Remote.Claims = claims =>
        {
            claims.Remove("nonce");
            claims["nonce_supported"] = nonceSupported;
        };
        ((await VerifyAsync(null)) is ProviderResult<ProviderClaims>.Success).ShouldBe(isTaken);
    }

    [TestCase("iss", "https://other.example", "The id_token was not accepted: its issuer is not the provider.")]
    [TestCase("aud", "somebody else", "The id_token was not accepted: it was made for another client.")]
    public async Task Token_WithAWrongClaim_IsRefused(string name, string value, string message)
    {
        Hold(name, value);
        var error = (await VerifyAsync(LocalProvider.Nonce)).Error();
        (error.Code, error.Reason, error.Message).ShouldBe((403, "Could not verify id_token", message));
    }

    [Test]
    public async Task Token_OfAnotherKey_IsRefused()
    {
        using var other = new SigningKey(_exchange.Remote.Key.Id);
        _exchange.Remote.Sign = claims => other.Sign(claims);
        (await VerifyAsync(LocalProvider.Nonce)).Error().Reason.ShouldBe("Could not verify id_token");
    }

    [Test]
    public async Task Token_WithoutASubject_IsRefused()
    {
        Hold("sub", null);
        var error = (await VerifyAsync(LocalProvider.Nonce)).Error();
        (error.Code, error.Reason).ShouldBe((403, "The id_token claims were invalid"));
    }

    /// <summary>The app has a client of its own, which asked for the token; the audience is this host.</summary>
    [Test]
    public async Task Token_ThatAnAppAskedFor_IsTaken()
    {
        Hold("azp", "the app");
        (await VerifyAsync(LocalProvider.Nonce)).Value().Subject.ShouldBe(LocalProvider.Subject);
    }

    [Test]
    public async Task Token_ForAnotherAudienceOfThisHost_IsTaken_ButNotForACode()
    {
        _exchange.Settings.AdditionalIdTokenAudiences = ["the app"];
        Hold("aud", "the app");
        (await VerifyAsync(LocalProvider.Nonce)).Value().Subject.ShouldBe(LocalProvider.Subject);
        (await _exchange.RedeemAsync()).Error().Code.ShouldBe(400);
    }

    private ValueTask<ProviderResult<ProviderClaims>> VerifyAsync(string? nonce) => _exchange.Provider.VerifyIdTokenAsync(_exchange.Remote.IdToken(), nonce, CancellationToken.None);

    private void Hold(string name, string? value) => _exchange.Remote.Claims = claims =>
    {
        claims.Remove(name);
        if (value is not null)
            claims[name] = value;
    };
}
