using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Strategies.Oidc.Providers.Kinds;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>Where the browser is sent.</summary>
public sealed class AuthorizationRequestTests
{
    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync() => _exchange = await Exchange.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    // The challenge is the SHA-256 of Exchange.Verifier, made by another program.
    [Test]
    [Property("Checklist", "10.2.1")]
    [Property("Checklist", "RFC 9700 2.1.1")]
    public async Task Url_HasItsParametersInTheOrderOfTheirNames()
    {
        _exchange.Settings.Scope = ["email", "profile"];
        (await UrlAsync()).ShouldBe(
            $"{_exchange.Remote.Issuer}/auth?client_id=this+host&code_challenge={Challenge}&code_challenge_method=S256&nonce=planted-nonce"
            + "&redirect_uri=https%3A%2F%2Fhost.example%2Fself-service%2Fmethods%2Foidc%2Fcallback%2Flocal&response_type=code&scope=email+profile+openid&state=planted-state");
    }

    [Test]
    public async Task Url_WithoutPkce_HasNoChallenge()
    {
        _exchange.Settings.Pkce = PkceMode.Never;
        (await UrlAsync()).ShouldNotContain("code_challenge");
        await _exchange.ClaimsAsync();
        _exchange.Remote.Requests.Single(r => r.Path == "/token").Form.Keys.ShouldNotContain("code_verifier");
    }

    [Test]
    public async Task Url_OfARefresh_AsksForASignIn() => Parameter(await UrlAsync(isReauthentication: true), "prompt").ShouldBe("login");

    // A provider that is told to ask nothing proves only that a browser was left open.
    [TestCase("none")]
    [TestCase("None")]
    [TestCase("none consent")]
    [Property("Checklist", "7.5.1")]
    public async Task Url_OfARefresh_CannotBeSilent(string prompt)
    {
        Parameter(await UrlAsync(isReauthentication: true, ("prompt", prompt)), "prompt").ShouldBe("login");
        Parameter(await UrlAsync(isReauthentication: false, ("prompt", "none")), "prompt").ShouldBe("none");
    }

    [Test]
    public async Task Url_TakesWhatClientsMaySet_AndNothingElse()
    {
        var url = await UrlAsync(true, ("prompt", "consent"), ("hd", "example.org"), ("acr_values", "a b"), ("auth_type", "x"), ("login_hint", "victim"), ("redirect_uri", "https://attacker.example"), ("state", "x"));
        Parameter(url, "prompt").ShouldBe("consent");
        Parameter(url, "hd").ShouldBe("example.org");
        Parameter(url, "acr_values").ShouldBe("a+b");
        Parameter(url, "auth_type").ShouldBe("x");
        Parameter(url, "state").ShouldBe("planted-state");
        url.ShouldNotContain("victim");
        url.ShouldNotContain("attacker");
    }

    [Test]
    public async Task Url_HasTheRequestedClaims()
    {
        _exchange.Settings.RequestedClaims = new JsonObject { ["id_token"] = new JsonObject { ["email"] = null } };
        Uri.UnescapeDataString(Parameter(await UrlAsync(), "claims")!).ShouldBe("""{"id_token":{"email":null}}""");
    }

    [Test]
    public async Task Url_OfAConfiguredEndpoint_WinsOverTheDocuments()
    {
        (_exchange.Settings.AuthUrl, _exchange.Settings.TokenUrl) = ("https://other.example/auth?a=b", _exchange.Remote.Issuer + "/token?x");
        (await UrlAsync()).ShouldStartWith("https://other.example/auth?a=b&client_id=");
    }

    [TestCase("generic", "", PkceMode.Auto, "https://host.example/self-service/methods/oidc/callback/local")]
    [TestCase("generic", "", PkceMode.Force, "https://host.example/self-service/methods/oidc/callback")]
    [TestCase("generic", "team", PkceMode.Auto, "https://host.example/self-service/methods/oidc/organization/team/callback/local")]
    [TestCase("generic", "team", PkceMode.Force, "https://host.example/self-service/methods/oidc/callback")]
    [TestCase("uaepass", "", PkceMode.Auto, "https://host.example/self-service/methods/oidc/callback")]
    public void RedirectUri_IsOfTheProvider(string kind, string organization, PkceMode pkce, string expected)
    {
        _exchange.Kind = BuiltInKinds.All.Single(k => k.Name == kind);
        (_exchange.Settings.OrganizationId, _exchange.Settings.Pkce) = (organization, pkce);
        _exchange.Provider.RedirectUri("https://host.example/").ShouldBe(expected);
    }

    [Test]
    public void RedirectUri_OfAnotherBase_IsThere()
    {
        _exchange.Config.BaseRedirectUri = "https://front.example/auth/";
        _exchange.Provider.RedirectUri("https://host.example").ShouldBe("https://front.example/auth/self-service/methods/oidc/callback/local");
    }

    [TestCase("google", "offline_access email", "email openid", "access_type", "offline")]
    [TestCase("apple", "email", "email openid", "response_mode", "form_post")]
    [TestCase("apple", "openid", "openid", "response_mode", null)]
    [TestCase("discord", "identify", "identify", "prompt", "none")]
    [TestCase("patreon", "identity", "identity", "prompt", "none")]
    [TestCase("dingtalk", "openid", "openid", "prompt", "consent")]
    [TestCase("github", "user:email", "user%3Aemail", "nonce", null)]
    [TestCase("facebook", "email", "email openid", "nonce", null)]
    [TestCase("uaepass", "x", "x openid", "acr_values", "urn%3Asafelayer%3Atws%3Apolicies%3Aauthentication%3Alevel%3Alow")]
    public async Task Url_OfAKind_HasWhatIsSpecialAboutIt(string kind, string asked, string scope, string name, string? value)
    {
        var known = BuiltInKinds.All.Single(k => k.Name == kind);
        _exchange.Kind = known.IsOpenId ? known with { HasFixedIssuer = false } : known;
        _exchange.Settings.Scope = [.. asked.Split(' ')];
        var url = await UrlAsync();
        Parameter(url, "scope")!.Replace('+', ' ').ShouldBe(scope);
        Parameter(url, name).ShouldBe(value);
        Parameter(url, "code_challenge").ShouldBe(Challenge);
    }

    private const string Challenge = "q-3GHQdqowf6THmpReowD7WDdMbT508qYQ7MzEpkc4Y";

    private async Task<string> UrlAsync(bool isReauthentication = false, params (string Name, string Value)[] upstream) => (await _exchange.StartSignInAsync(isReauthentication, upstream)).Value().Location;

    private static string? Parameter(string url, string name) => url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
