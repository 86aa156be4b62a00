using System.Net;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class SessionCookieTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    // Session fixation: the attacker plants a session cookie of their own in the victim's browser and waits for the login.
    // If the login kept that token, the attacker would be signed in as the victim.
    [Test]
    [Property("Checklist", "7.2.4")]
    public async Task Login_WithAPlantedSession_GetsAFreshToken()
    {
        await using var host = await TestHost.StartAsync();
        using var attacker = host.NewClient(Agent.Ajax);
        await attacker.RegisterAsync("mallory@example.org", Password);
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync(Email, Password);
        var (name, planted) = (attacker.SessionCookieName, attacker.Cookies[attacker.SessionCookieName]);
        using var victim = host.NewClient(Agent.Ajax);
        var flow = await victim.BeginAsync("login", "?refresh=true");
        // Planted after the flow began and out of date by its logout, as a browser would still send it.
        await attacker.LogOutAsync();
        victim.Cookies[name] = planted;

        (await victim.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password))).Status.ShouldBe(HttpStatusCode.OK);

        victim.Cookies[name].Split('.')[0].ShouldNotBe(planted.Split('.')[0]);
        attacker.Cookies[name] = planted;
        (await attacker.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // A script or a neighbouring site reads or replaces the cookie that is the session.
    // Its attributes and prefix keep scripts, plain HTTP and sub-domains away from it.
    [TestCase(null, false)]
    [TestCase("https://login.example.org", true)]
    [Property("Checklist", "3.3.1")]
    [Property("Checklist", "3.3.2")]
    [Property("Checklist", "3.3.4")]
    [Property("Checklist", "N20")]
    public async Task Cookies_OfARegistration_AreHttpOnlySameSiteAndBoundToHttps(string? publicUrl, bool secure)
    {
        await using var host = await TestHost.StartAsync("Development", ("PublicUrl", publicUrl));
        using var browser = host.NewClient(Agent.Ajax);
        var begun = await browser.GetAsync("/self-service/registration/browser");
        var flow = new FlowView(begun.Json);
        var done = await browser.SubmitAsync("registration", flow, Client.RegistrationOf(flow, Email, Password));

        var lines = begun.SetCookies.Concat(done.SetCookies).ToArray();
        lines.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var line in lines)
        {
            line.ShouldContain("httponly", Case.Insensitive);
            line.ShouldContain("samesite=lax", Case.Insensitive);
            line.ShouldContain("path=/", Case.Insensitive);
            line.ShouldNotContain("domain=", Case.Insensitive);
            line.Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure, line);
            line.StartsWith("__Host-", StringComparison.Ordinal).ShouldBe(secure, line);
            line.Length.ShouldBeLessThanOrEqualTo(4096);
        }
    }

    // A sub-domain of the attacker's sets a second cookie of the session's name, for a longer path so that browsers send it first.
    // Whichever is taken, the victim may work in the attacker's account; so neither is.
    [TestCase(true)]
    [TestCase(false)]
    [Property("Checklist", "3.3.3")]
    public async Task Whoami_WithTwoCookiesOfTheName_ProvesNothing(bool plantedFirst)
    {
        await using var host = await TestHost.StartAsync();
        using var attacker = host.NewClient(Agent.Ajax);
        await attacker.RegisterAsync("mallory@example.org", Password);
        using var victim = host.NewClient(Agent.Ajax);
        await victim.RegisterAsync(Email, Password);
        var name = victim.SessionCookieName;
        var (own, planted) = ($"{name}={victim.Cookies[name]}", $"{name}={attacker.Cookies[name]}");

        victim.Headers["Cookie"] = plantedFirst ? $"{planted}; {own}" : $"{own}; {planted}";

        (await victim.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task SignedCookie_IsTakenWhileAKeyThatSignedItIsThere()
    {
        await using var host = await TestHost.StartAsync("Development", ("Secrets:Cookie:0", new string('a', 32)));
        using var browser = host.NewClient(Agent.Ajax);

        await browser.RegisterAsync(Email, Password);

        browser.Cookies[browser.SessionCookieName].Split('.').Length.ShouldBe(3);
        (await browser.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    // Somebody who got hold of a token, but not of the keys, puts it into a cookie of their own making or changes the end that a cookie names.
    // Where the host signs its cookies only those that it made count.
    [TestCase("{token}")]
    [TestCase("{token}.{end}")]
    [TestCase("{token}.{end}.")]
    [TestCase("{token}.{end}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("{token}.9999999999.{signature}")]
    [TestCase("{token}.{end}.{signature}x")]
    [TestCase("{token}.{end}.{signature}.{signature}")]
    public async Task SignedCookie_ThatWasChanged_CountsForNothing(string made)
    {
        await using var host = await TestHost.StartAsync("Development", ("Secrets:Cookie:0", new string('a', 32)));
        using var browser = host.NewClient(Agent.Ajax);
        await browser.RegisterAsync(Email, Password);
        var parts = browser.Cookies[browser.SessionCookieName].Split('.');

        browser.Cookies[browser.SessionCookieName] = made.Replace("{token}", parts[0], StringComparison.Ordinal)
            .Replace("{end}", parts[1], StringComparison.Ordinal).Replace("{signature}", parts[2], StringComparison.Ordinal);

        (await browser.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
