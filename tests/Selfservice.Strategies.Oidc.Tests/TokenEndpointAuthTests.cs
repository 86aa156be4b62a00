using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>How this host proves itself when it exchanges a code.</summary>
public sealed class TokenEndpointAuthTests
{
    // As RFC 6749, 2.3.1, has it: each part encoded as in forms.
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("this+host:planted%3Asecret+of+the+client"));

    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync() => _exchange = await Exchange.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    [Test]
    public async Task Request_HasTheCodeAndWhatProtectsIt()
    {
        await _exchange.ClaimsAsync();
        var (form, authorization) = Sent().Single();
        authorization.ShouldBe(Basic);
        form.ShouldBe(
            new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = LocalProvider.Code, ["redirect_uri"] = Exchange.Callback, ["code_verifier"] = Exchange.Verifier },
            ignoreOrder: true);
    }

    [Test]
    public async Task Request_WhoseHeaderIsNotAccepted_IsMadeAgainByForm_AndFromThenOnAtOnce()
    {
        RefuseHeaders();
        await _exchange.ClaimsAsync();
        await _exchange.ClaimsAsync();
        Sent().Select(s => s.Authorization is null).ShouldBe([false, true, true]);
        Sent()[1].Form["client_secret"].ShouldBe(LocalProvider.ClientSecret);
    }

    [Test]
    public async Task Request_ThatIsRefusedBothWays_Fails()
    {
        _exchange.Remote.Instead = async context =>
        {
            if (context.Request.Path != "/token")
                return false;
            await LocalProvider.WriteAsync(context, """{"error":"invalid_client"}""", 401);
            return true;
        };
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason, error.Message).ShouldBe((500, null, "The OpenID Connect provider did not exchange the authorization code."));
        Sent().Count.ShouldBe(2);
    }

    [TestCase("client_secret_post", false)]
    [TestCase("client_secret_basic", true)]
    public async Task Request_IsAsTheDocumentSays(string method, bool hasHeader)
    {
        _exchange.Remote.Document = document => document["token_endpoint_auth_methods_supported"] = new JsonArray(method);
        await _exchange.ClaimsAsync();
        (Sent().Single().Authorization is not null).ShouldBe(hasHeader);
    }

    [Test]
    public async Task Request_OfAConfiguredWay_IsNotMadeAgain()
    {
        RefuseHeaders();
        _exchange.Settings.TokenEndpointAuth = TokenEndpointAuth.ClientSecretBasic;
        await _exchange.ErrorAsync();
        Sent().Count.ShouldBe(1);
    }

    [Test]
    public async Task Request_OfAPublicClient_HasItsIdAlone()
    {
        _exchange.Settings.TokenEndpointAuth = TokenEndpointAuth.None;
        await _exchange.ClaimsAsync();
        var (form, authorization) = Sent().Single();
        (form["client_id"], authorization).ShouldBe((LocalProvider.ClientId, null));
        form.Keys.ShouldNotContain("client_secret");
    }

    [TestCase(true, "ES256")]
    [TestCase(false, "RS256")]
    [Property("Checklist", "RFC 9700 2.5")]
    public async Task Request_OfAKey_IsSignedForTheEndpoint(bool isEc, string algorithm)
    {
        using AsymmetricAlgorithm key = isEc ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        _exchange.Settings.TokenEndpointAuth = TokenEndpointAuth.PrivateKeyJwt;
        (_exchange.Settings.ClientPrivateKey, _exchange.Settings.ClientPrivateKeyId) = (key.ExportPkcs8PrivateKeyPem(), "our key");
        await _exchange.ClaimsAsync();
        await _exchange.ClaimsAsync();
        Sent()[0].Form["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = new JsonWebToken(Sent()[0].Form["client_assertion"]);
        (assertion.Alg, assertion.Kid, assertion.Issuer, assertion.Subject, assertion.Audiences.Single()).ShouldBe(
            (algorithm, "our key", LocalProvider.ClientId, LocalProvider.ClientId, _exchange.Remote.Issuer + "/token"));
        assertion.ValidTo.ShouldBe(_exchange.Time.GetUtcNow().UtcDateTime.AddMinutes(5));
        assertion.Id.ShouldNotBe(new JsonWebToken(Sent()[1].Form["client_assertion"]).Id);
        VerifySignature(key, assertion).ShouldBeTrue();
    }

    private static bool VerifySignature(AsymmetricAlgorithm key, JsonWebToken token)
    {
        var text = Encoding.ASCII.GetBytes($"{token.EncodedHeader}.{token.EncodedPayload}");
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(token.EncodedSignature);
        return key is ECDsa ec ? ec.VerifyData(text, signature, HashAlgorithmName.SHA256) : ((RSA)key).VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private void RefuseHeaders() => _exchange.Remote.Instead = async context =>
    {
        if (context.Request.Path != "/token" || context.Request.Headers.Authorization.Count == 0)
            return false;
        await LocalProvider.WriteAsync(context, """{"error":"invalid_client"}""", 401);
        return true;
    };

    private List<(IReadOnlyDictionary<string, string> Form, string? Authorization)> Sent() => [.. _exchange.Remote.Requests.Where(r => r.Path == "/token").Select(r => (r.Form, r.Authorization))];
}
