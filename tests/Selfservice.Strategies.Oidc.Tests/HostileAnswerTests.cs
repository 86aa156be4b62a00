using Microsoft.AspNetCore.Http;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A provider that is broken, or whose answers somebody else wrote. Each test begins with an exchange that works and changes one thing.</summary>
public sealed class HostileAnswerTests
{
    private const string CannotBeUsed = "The OpenID Connect provider returned an answer that cannot be used.";
    private const string CannotBeReached = "The OpenID Connect provider could not be reached.";

    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync() => _exchange = await Exchange.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    [TestCase(500, "{}", 502, "OpenID Connect provider returned a 500 status code but 200 is expected.")]
    [TestCase(503, "busy", 502, "OpenID Connect provider returned a 503 status code but 200 is expected.")]
    [TestCase(200, "<html>", 502, CannotBeUsed)]
    [TestCase(200, "[]", 502, CannotBeUsed)]
    [TestCase(200, """{"id_token":"a","id_token":"b"}""", 502, CannotBeUsed)]
    [TestCase(302, "", 502, CannotBeUsed)]
    [TestCase(400, """{"error":"invalid_grant","error_description":"planted"}""", 500, null)]
    [TestCase(200, """{"error":"planted \u0000 text"}""", 500, null)]
    public async Task TokenEndpoint_ThatFails_IsTold(int status, string body, int code, string? reason)
    {
        Answer("/token", status, body);
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason).ShouldBe((code, reason));
        error.Message.ShouldNotContain("planted");
        _exchange.Remote.Count("/token").ShouldBe(1);
    }

    /// <summary>A provider sends this host elsewhere with the client's secret: to its own network, for example.</summary>
    [Test]
    public async Task TokenEndpoint_ThatRedirects_IsNotFollowed()
    {
        _exchange.Remote.Instead = context =>
        {
            if (context.Request.Path != "/token")
                return Task.FromResult(false);
            context.Response.Redirect(_exchange.Remote.Issuer + "/inner", permanent: false, preserveMethod: true);
            return Task.FromResult(true);
        };
        (await _exchange.ErrorAsync()).Code.ShouldBe(502);
        _exchange.Remote.Count("/inner").ShouldBe(0);
    }

    [Test]
    public async Task Answer_WithoutAnEnd_IsGivenUpAtOneMebibyte()
    {
        _exchange.Remote.Instead = async context =>
        {
            if (context.Request.Path != "/token")
                return false;
            var part = new byte[64 * 1024];
            for (var i = 0; i < 1024 && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            return true;
        };
        (await _exchange.ErrorAsync()).Reason.ShouldBe(CannotBeReached);
    }

    [Test]
    public async Task Answer_ThatDoesNotCome_IsGivenUpInTime()
    {
        var asked = new TaskCompletionSource();
        _exchange.Remote.Instead = async context =>
        {
            if (context.Request.Path != "/token")
                return false;
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var redeemed = _exchange.ErrorAsync();
        await asked.Task;
        _exchange.Time.Advance(_exchange.Config.Timeout);
        (await redeemed).Reason.ShouldBe(CannotBeReached);
    }

    [TestCase("somebody else")]
    [TestCase(null)]
    public async Task Userinfo_OfAnotherSubject_IsRefused(string? subject)
    {
        _exchange.Settings.ClaimsSource = ClaimsSource.Userinfo;
        _exchange.Remote.Userinfo = answer => answer["sub"] = subject;
        var error = await _exchange.ErrorAsync();
        (error.Code, error.Reason).ShouldBe((400, "sub (Subject) claim mismatch between ID token and UserInfo endpoint"));
    }

    [Test]
    public async Task Userinfo_OfTheSameSubject_IsTaken()
    {
        _exchange.Settings.ClaimsSource = ClaimsSource.Userinfo;
        var claims = await _exchange.ClaimsAsync();
        (claims.Name, claims.Issuer, claims.RawClaims!["name"]!.GetValue<string>()).ShouldBe(("Somebody", _exchange.Remote.Issuer, "Somebody"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Userinfo_ThatIsSigned_IsTakenFromTheProviderAlone(bool isProviders)
    {
        using var other = new SigningKey(_exchange.Remote.Key.Id);
        _exchange.Settings.ClaimsSource = ClaimsSource.Userinfo;
        var key = isProviders ? _exchange.Remote.Key : other;
        Answer("/userinfo", 200, key.Sign($$"""{"sub":"{{LocalProvider.Subject}}","name":"Signed"}"""), "application/jwt");
        if (isProviders)
            (await _exchange.ClaimsAsync()).Name.ShouldBe("Signed");
        else
            (await _exchange.ErrorAsync()).Reason.ShouldBe(CannotBeUsed);
    }

    [Test]
    public async Task Userinfo_ThatFails_IsTold()
    {
        _exchange.Settings.ClaimsSource = ClaimsSource.Userinfo;
        Answer("/userinfo", 403, "{}");
        (await _exchange.ErrorAsync()).Reason.ShouldBe("OpenID Connect provider returned a 403 status code but 200 is expected.");
    }

    /// <summary>Who runs one provider gets this host to send him the code of another: the answer says whose it is (RFC 9207; RFC 9700, 4.4).</summary>
    [TestCase("https://attacker.example", false, false)]
    [TestCase("https://attacker.example", true, false)]
    [TestCase(null, true, false)]
    [TestCase(null, false, true)]
    [TestCase("", false, false)]
    [TestCase("{issuer}", true, true)]
    [TestCase("{issuer}/", true, false)]
    [Property("Checklist", "10.2.2")]
    [Property("Checklist", "RFC 9700 4.4")]
    public async Task Answer_OfAnotherIssuer_IsRefusedBeforeTheCodeIsSent(string? issuer, bool isAnnounced, bool works)
    {
        _exchange.Remote.Document = document => document["authorization_response_iss_parameter_supported"] = isAnnounced;
        if (issuer is not null)
            _exchange.Parameters["iss"] = issuer.Replace("{issuer}", _exchange.Remote.Issuer, StringComparison.Ordinal);
        if (works)
        {
            (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
            return;
        }

        (await _exchange.ErrorAsync()).Code.ShouldBe(400);
        _exchange.Remote.Count("/token").ShouldBe(0);
    }

    [Test]
    [Property("Checklist", "10.5.3")]
    public async Task Document_OfAnotherIssuer_IsRefused()
    {
        _exchange.Remote.Document = document => document["issuer"] = _exchange.Remote.Issuer + "/";
        var error = (await _exchange.StartSignInAsync()).Error();
        (error.Code, error.Id, error.Message).ShouldBe((500, "invalid_configuration", "Invalid configuration"));
        error.Reason.ShouldBe(
            $"Unable to initialize OpenID Connect Provider: oidc: issuer did not match the issuer returned by provider, expected \"{_exchange.Remote.Issuer}\" got \"{_exchange.Remote.Issuer}/\"");
    }

    [TestCase(500, "{}")]
    [TestCase(200, "no JSON")]
    [TestCase(200, """{"issuer":"a","issuer":"b"}""")]
    public async Task Document_ThatCannotBeRead_IsTold(int status, string body)
    {
        Answer("/.well-known/openid-configuration", status, body);
        (await _exchange.StartSignInAsync()).Error().Id.ShouldBe("invalid_configuration");
    }

    [TestCase("token_endpoint", "nowhere")]
    [TestCase("authorization_endpoint", "javascript:alert(1)")]
    [TestCase("userinfo_endpoint", "ftp://provider.example")]
    [TestCase("jwks_uri", "file:///etc/passwd")]
    [TestCase("token_endpoint", "")]
    public async Task Document_WithAnEndpointThatIsNone_IsRefused(string name, string endpoint)
    {
        _exchange.Remote.Document = document => document[name] = endpoint;
        (await _exchange.StartSignInAsync()).Error().Id.ShouldBe("invalid_configuration");
    }

    [TestCase("https://provider.example", "http://provider.example/token", false)]
    [TestCase("https://provider.example", "https://other.example/token", true)]
    [TestCase("http://127.0.0.1", "http://127.0.0.1/token", true)]
    public void Endpoint_OfAnIssuerOverHttps_IsOverHttps(string issuer, string endpoint, bool isUsable) => Protocol.ProviderMetadata.IsUsable(endpoint, issuer).ShouldBe(isUsable);

    [Test]
    public async Task AccessToken_ThatWouldMakeAnotherHeader_IsNotSent()
    {
        _exchange.Settings.ClaimsSource = ClaimsSource.Userinfo;
        _exchange.Remote.Tokens = answer => answer["access_token"] = "a\r\nX-Other: b";
        (await _exchange.ErrorAsync()).Code.ShouldBe(502);
        _exchange.Remote.Count("/userinfo").ShouldBe(0);
    }

    /// <summary>The discovery document of a provider on the Internet leads into this host's own network.</summary>
    [Test]
    public async Task Provider_OnAPrivateAddress_IsNotCalled()
    {
        await using var careful = await Exchange.StartAsync(mayCallPrivateAddresses: false);
        (await careful.StartSignInAsync()).Error().Id.ShouldBe("invalid_configuration");
        careful.Log.Lines.ShouldHaveSingleItem().ShouldContain("DisallowPrivateIpRanges");
        careful.Remote.Requests.ShouldBeEmpty();
    }

    private void Answer(string path, int status, string body, string type = "application/json") => _exchange.Remote.Instead = async context =>
    {
        if (context.Request.Path != path)
            return false;
        await LocalProvider.WriteAsync(context, body, status, type);
        return true;
    };
}
