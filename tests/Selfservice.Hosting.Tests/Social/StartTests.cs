using System.Net;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>
/// Foreign pages that make a browser start a sign-in. Whoever is signed in at a provider which asks nothing would be signed in here, perhaps to the attacker's account there, without having
/// wanted anything.
/// </summary>
public sealed class StartTests
{
    private SocialHost _social = null!;
    private Client _browser = null!;

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _social.DisposeAsync();
    }

    [TestCase("login", "missing")]
    [TestCase("login", "of another browser")]
    [TestCase("login", "no cookie")]
    [TestCase("registration", "missing")]
    [TestCase("registration", "of another browser")]
    [TestCase("settings", "missing")]
    [TestCase("settings", "of another browser")]
    [Property("Checklist", "3.5.1")]
    [Property("Checklist", "10.1.2")]
    public async Task Start_WithoutTheBrowsersOwnToken_IsRefused(string kind, string attack)
    {
        await PrepareAsync(kind);
        using var attacker = kind == "settings" ? await _social.SignedUpAsync("mallory@example.org") : _social.NewClient(Agent.Ajax);
        var theirs = await attacker.BeginAsync(kind);
        var flow = await _browser.BeginAsync(kind);
        var fields = StartOf(_browser, flow, kind, "other").Where(f => f.Name != "csrf_token").ToArray();
        if (attack != "missing")
            fields = [.. fields, ("csrf_token", attack == "no cookie" ? flow.CsrfToken : theirs.CsrfToken)];
        if (attack == "no cookie")
            _browser.Cookies.Clear();

        var answer = await _browser.SubmitAsync(kind, flow, fields);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        answer.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("security_csrf_violation");
        _social.Other.Requests.ShouldBeEmpty();
        answer.SetCookies.ShouldNotContain(c => c.Contains("continuity", StringComparison.Ordinal));
    }

    [TestCase("Origin", "https://evil.example", false)]
    [TestCase("Origin", "null", false)]
    [TestCase("Sec-Fetch-Site", "cross-site", false)]
    [TestCase("Origin", "http://127.0.0.1:3000", true)]
    [TestCase("Sec-Fetch-Site", "same-origin", true)]
    [Property("Checklist", "3.5.1")]
    public async Task Start_FromASite_IsAcceptedOnlyFromThisHost(string header, string value, bool accepted)
    {
        await PrepareAsync();
        var flow = await _browser.BeginAsync("login");
        _browser.Headers[header] = value;

        var answer = await _browser.SubmitAsync("login", flow, StartOf(_browser, flow, "login", "local"));

        answer.Status.ShouldBe(accepted ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Forbidden, answer.Body);
    }

    // An image or a link on a foreign page is enough for a GET.
    [TestCase(Agent.Html, false)]
    [TestCase(Agent.Ajax, false)]
    [TestCase(Agent.Html, true)]
    [TestCase(Agent.Ajax, true)]
    [Property("Checklist", "3.5.3")]
    public async Task Start_ByGet_IsForHostsThatAskForItOnly(Agent agent, bool isAllowed)
    {
        await PrepareAsync(settings: ("Methods:Oidc:Config:InsecureAllowStartWithoutCsrfToken", isAllowed ? "true" : "false"));
        using var browser = _social.NewClient(agent);
        var flow = await browser.BeginAsync("login");

        var answer = await browser.GetAsync($"/self-service/login?flow={flow.Id}&method=oidc&provider=local&csrf_token={Uri.EscapeDataString(flow.CsrfToken)}");

        browser.Cookies.Keys.Any(c => c.Contains("continuity", StringComparison.Ordinal)).ShouldBe(isAllowed);
        (_social.Local.Requests.Count > 0).ShouldBe(isAllowed);
        if (isAllowed)
            PageOf(answer).ShouldStartWith(_social.Local.Issuer);
    }

    [TestCase("login")]
    [TestCase("registration")]
    public async Task Start_WithoutTokenWhereTheHostAsksForIt_Works(string kind)
    {
        await PrepareAsync(settings: ("Methods:Oidc:Config:InsecureAllowStartWithoutCsrfToken", "true"));
        var flow = await _browser.BeginAsync(kind);

        var answer = await _browser.SubmitAsync(kind, flow, [.. StartOf(_browser, flow, kind, "local").Where(f => f.Name != "csrf_token")]);

        (await ReturnAsync(_browser, _social.Local.Agree(PageOf(answer)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    // What signs in at once still needs its token.
    [TestCase("login", "id_token", "x")]
    public async Task Submission_ThatSignsInAtOnce_NeedsItsTokenEvenThere(string kind, string field, string value)
    {
        await PrepareAsync(kind, ("Methods:Oidc:Config:InsecureAllowStartWithoutCsrfToken", "true"));
        var flow = await _browser.BeginAsync(kind);

        var answer = await _browser.SubmitAsync(kind, flow, [("method", "oidc"), ("provider", "local"), (field, value)]);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
    }

    [Test]
    [Property("Checklist", "10.2.1")]
    [Property("Checklist", "RFC 9700 2.1.1")]
    public async Task Start_Always_HasSecretsOfItsOwnAndNothingElse()
    {
        await PrepareAsync();
        var pages = new[] { await LeaveAsync(_browser), await LeaveAsync(_browser), await LeaveAsync(_browser, "registration") };

        foreach (var name in new[] { "state", "nonce", "code_challenge" })
        {
            var values = pages.Select(p => Parameter(p, name)).ToArray();
            values.ShouldBeUnique();
            values.ShouldAllBe(v => v.Length == 43);
        }

        Parameter(pages[0], "code_challenge_method").ShouldBe("S256");
        new Uri(pages[0]).Query.TrimStart('?').Split('&').Select(p => p.Split('=')[0]).ShouldBe(
            ["client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "response_type", "scope", "state"]);
    }

    /// <summary>Some providers answer by a form from their own site. Such a request has no cookies; it becomes one that has.</summary>
    [TestCase("", 302)]
    [TestCase("?state=of-the-address", 302)]
    [TestCase("%0d%0aX-Injected:%201", 302)]
    public async Task Form_OfAProvider_BecomesALink(string addition, int status)
    {
        await PrepareAsync();
        var path = "/self-service/methods/oidc/callback/local" + addition;

        var answer = await _browser.PostAsync(path, "state=of-the-form&code=1%202", "application/x-www-form-urlencoded");

        ((int)answer.Status).ShouldBe(status, answer.Body);
        answer.Location.ShouldStartWith(_social.Host.Url + "/self-service/methods/oidc/callback/local");
        answer.Location.ShouldEndWith(addition.StartsWith('?') ? "?code=1+2&state=of-the-address" : "?code=1+2&state=of-the-form");
        answer.Headers.Contains("X-Injected").ShouldBeFalse();
        answer.SetCookies.ShouldBeEmpty();
    }

    [Test]
    public async Task Form_AtTheAddressOfAllProviders_IsRefused()
    {
        await PrepareAsync();

        (await _browser.PostAsync("/self-service/methods/oidc/callback", "state=a&code=b", "application/x-www-form-urlencoded")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task PrepareAsync(string kind = "login", params (string Key, string? Value)[] settings)
    {
        _social = await SocialHost.StartAsync(settings);
        _browser = kind == "settings" ? await _social.SignedUpAsync() : _social.NewClient(Agent.Ajax);
    }
}
