using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>An attacker gets an ID token into an exchange that was not made for it. Each test begins with an exchange that works and changes one thing.</summary>
public sealed class HostileTokenTests
{
    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync() => _exchange = await Exchange.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    [Test]
    public async Task Exchange_WithNothingWrong_Works()
    {
        var grant = (await _exchange.RedeemAsync()).Value();
        grant.Claims.Subject.ShouldBe(LocalProvider.Subject);
        grant.Claims.Issuer.ShouldBe(_exchange.Remote.Issuer);
        grant.Tokens.AccessToken.ShouldBe(LocalProvider.AccessToken);
        _exchange.Log.Lines.ShouldBeEmpty();
    }

    [TestCase("iss", "https://other.example", "its issuer is not the provider")]
    [TestCase("iss", null, "its issuer is not the provider")]
    [TestCase("aud", "somebody else", "it was made for another client")]
    [TestCase("aud", null, "it was made for another client")]
    [TestCase("azp", "somebody else", "it was made for another client")]
    [TestCase("nonce", "another", "it does not belong to this sign-in")]
    [TestCase("nonce", null, "it does not belong to this sign-in")]
    [TestCase("nonce", "", "it does not belong to this sign-in")]
    [TestCase("at_hash", "another", "it belongs to another access token")]
    [TestCase("exp", null, "it has expired or is not yet valid")]
    [Property("Checklist", "9.2.3")]
    [Property("Checklist", "10.5.1")]
    [Property("Checklist", "RFC 9700 4.5")]
    [Property("Checklist", "10.5.4")]
    public async Task Token_WithAWrongClaim_IsRefused(string name, string? value, string reason)
    {
        _exchange.Remote.Claims = claims =>
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = value;
        };
        await ShouldBeRefusedAsync(reason);
    }

    [Test]
    public async Task Token_WithTheRightHashOfTheAccessToken_Works()
    {
        _exchange.Remote.Claims = claims => claims["at_hash"] = LocalProvider.HashOf(LocalProvider.AccessToken);
        (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
    }

    [TestCase(null, "it was made for several clients and does not say which of them asked for it")]
    [TestCase("somebody else", "it was made for another client")]
    [Property("Checklist", "10.5.4")]
    public async Task Token_ForSeveralClients_NamesThisOneOrIsRefused(string? asker, string reason)
    {
        _exchange.Remote.Claims = claims =>
        {
            claims["aud"] = new JsonArray("somebody else", LocalProvider.ClientId);
            if (asker is not null)
                claims["azp"] = asker;
        };
        await ShouldBeRefusedAsync(reason);
    }

    [TestCase("exp", -61, false)]
    [TestCase("exp", -59, true)]
    [TestCase("nbf", 61, false)]
    [TestCase("nbf", 59, true)]
    [TestCase("iat", 61, false)]
    [TestCase("iat", 59, true)]
    [Property("Checklist", "9.2.1")]
    public async Task Token_CountsWithinItsTimesAndTheClockSkew(string name, int secondsFromNow, bool counts)
    {
        _exchange.Remote.Claims = claims => claims[name] = _exchange.Time.GetUtcNow().ToUnixTimeSeconds() + secondsFromNow;
        if (counts)
            (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
        else
            await ShouldBeRefusedAsync("it has expired or is not yet valid");
    }

    [Test]
    [Property("Checklist", "9.1.2")]
    [Property("Checklist", "6.8.2")]
    public async Task Token_WithoutASignature_IsRefused()
    {
        _exchange.Remote.Sign = claims => SigningKey.Join("""{"alg":"none","typ":"JWT"}""", claims) + ".";
        await ShouldBeRefusedAsync("it is signed by an algorithm that the provider does not announce, or that is not allowed");
    }

    /// <summary>Who takes any algorithm checks a MAC with the provider's public key as its secret, which everybody knows.</summary>
    [Test]
    [Property("Checklist", "9.1.2")]
    public async Task Token_WithAMacByThePublicKey_IsRefused()
    {
        _exchange.Remote.Sign = claims =>
        {
            var text = SigningKey.Join($$"""{"alg":"HS256","typ":"JWT","kid":"{{_exchange.Remote.Key.Id}}"}""", claims);
            return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(_exchange.Remote.Key.PublicPem(), Encoding.ASCII.GetBytes(text)))}";
        };
        await ShouldBeRefusedAsync("it is signed by an algorithm that the provider does not announce, or that is not allowed");
    }

    [Test]
    [Property("Checklist", "9.1.1")]
    [Property("Checklist", "9.1.3")]
    public async Task Token_OfAnotherKeyThatCallsItselfTheSame_IsRefused()
    {
        using var other = new SigningKey(_exchange.Remote.Key.Id);
        _exchange.Remote.Sign = claims => other.Sign(claims);
        await ShouldBeRefusedAsync("its signature is not the provider's");
    }

    /// <summary>What checks the token and what uses it could each read another of the two subjects.</summary>
    [Test]
    public async Task Token_WithAClaimTwice_IsRefused()
    {
        _exchange.Remote.Sign = claims => _exchange.Remote.Key.Sign(claims[..^1] + ""","sub":"somebody else"}""");
        await ShouldBeRefusedAsync("it is encrypted, malformed or names a claim twice");
    }

    [Test]
    public async Task Token_WithCriticalExtensions_IsRefused()
    {
        _exchange.Remote.Sign = claims => _exchange.Remote.Key.Sign(claims, $$"""{"alg":"RS256","kid":"{{_exchange.Remote.Key.Id}}","crit":["x"],"x":1}""");
        await ShouldBeRefusedAsync("it has critical extensions");
    }

    [TestCase("not a token")]
    [TestCase("a.b.c")]
    [TestCase("..")]
    public async Task Token_ThatIsNone_IsRefused(string token)
    {
        _exchange.Remote.Sign = _ => token;
        (await _exchange.ErrorAsync()).Code.ShouldBe(400);
    }

    [TestCase("exp", "\"soon\"")]
    [TestCase("exp", "1e300")]
    [TestCase("exp", "-1")]
    [TestCase("nbf", "\"soon\"")]
    [TestCase("nbf", "{}")]
    [TestCase("iat", "\"soon\"")]
    [TestCase("iat", "1e300")]
    [TestCase("iss", "5")]
    [TestCase("aud", "5")]
    [TestCase("aud", "{}")]
    [TestCase("aud", "[]")]
    [TestCase("azp", "5")]
    [TestCase("sub", "5")]
    [TestCase("nonce", "5")]
    [TestCase("nonce", "[\"planted-nonce\"]")]
    [TestCase("at_hash", "5")]
    public async Task Token_WithAClaimOfAnotherShape_IsRefused(string name, string json)
    {
        _exchange.Remote.Claims = claims => claims[name] = JsonNode.Parse(json);
        (await _exchange.ErrorAsync()).Code.ShouldBe(400);
    }

    [TestCase(null, true)]
    [TestCase("another", false)]
    public async Task Token_OfAKindWithoutNonces_MayLackIt_ButNotHaveAnother(string? nonce, bool works)
    {
        _exchange.Kind = _exchange.Kind with { ReturnsNonce = false };
        _exchange.Remote.Claims = claims =>
        {
            claims.Remove("nonce");
            if (nonce is not null)
                claims["nonce"] = nonce;
        };
        if (works)
            (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
        else
            await ShouldBeRefusedAsync("it does not belong to this sign-in");
    }

    [Test]
    public async Task Token_WithoutASubject_IsRefused()
    {
        _exchange.Remote.Claims = claims => claims.Remove("sub");
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Id, error.Reason).ShouldBe((502, "upstream_error", "provider did not return a subject"));
    }

    [Test]
    public async Task Token_WithAClaimOfAWrongType_IsRefused()
    {
        _exchange.Remote.Claims = claims => claims["updated_at"] = "yesterday";
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason).ShouldBe((400, "The claim updated_at of the OpenID Connect provider is not a whole number."));
    }

    [Test]
    public async Task Answer_WithoutAToken_AsksForThePermission()
    {
        _exchange.Remote.Tokens = answer => answer.Remove("id_token");
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason).ShouldBe((400, "Authentication failed because no id_token was returned. Please accept the \"openid\" permission and try again."));
    }

    private async Task ShouldBeRefusedAsync(string reason)
    {
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason).ShouldBe((400, $"The id_token of the OpenID Connect provider was not accepted: {reason}."));
    }
}
