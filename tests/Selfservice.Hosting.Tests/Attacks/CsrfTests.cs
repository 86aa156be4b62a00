using System.Net;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class CsrfTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    // Login CSRF: a foreign page posts the attacker's own credentials from the victim's browser, without the flow's token.
    // The victim would go on working, and storing data, in the attacker's account.
    [TestCase("none")]
    [TestCase("foreign token")]
    [TestCase("foreign cookie")]
    [Property("Checklist", "3.5.1")]
    [Property("Checklist", "7.6.2")]
    public async Task Login_WithoutTheBrowsersOwnToken_IsRefused(string attack)
    {
        await using var host = await TestHost.StartAsync();
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync(Email, Password);
        using var attacker = host.NewClient(Agent.Ajax);
        using var victim = host.NewClient(Agent.Ajax);
        var theirs = await attacker.BeginAsync("login");
        var own = await victim.BeginAsync("login");
        var flow = attack == "foreign cookie" ? theirs : own;
        var fields = Client.LoginOf(attack == "none" ? own : theirs, Email, Password);
        if (attack == "none")
            fields = [.. fields.Where(f => f.Name != "csrf_token")];

        var answer = await victim.SubmitAsync("login", flow, fields);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        answer.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("security_csrf_violation");
        (await victim.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // A foreign site got hold of a token and makes the browser send the form; the browser says where it comes from.
    // Another port of the same host is the application that the suite serves, and must go through.
    [TestCase("Origin", "https://evil.example", false)]
    [TestCase("Origin", "null", false)]
    [TestCase("Origin", "http://127.0.0.1.evil.example", false)]
    [TestCase("Sec-Fetch-Site", "cross-site", false)]
    [TestCase("Origin", "http://127.0.0.1:3000", true)]
    [TestCase("Sec-Fetch-Site", "same-site", true)]
    [TestCase("Sec-Fetch-Site", "same-origin", true)]
    [Property("Checklist", "3.5.1")]
    public async Task Login_FromASite_IsAcceptedOnlyFromThisHost(string header, string value, bool accepted)
    {
        await using var host = await TestHost.StartAsync();
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync(Email, Password);
        using var browser = host.NewClient(Agent.Ajax);
        var flow = await browser.BeginAsync("login");
        browser.Headers[header] = value;

        var answer = await browser.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password));

        answer.Status.ShouldBe(accepted ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Body);
    }

    // The attacker has support issue a code for the attacker's own account, and a foreign page posts it from the victim's browser.
    // The code proves itself, without the form's token; where it comes from still counts.
    [TestCase("Origin", "https://evil.example", false)]
    [TestCase("Sec-Fetch-Site", "cross-site", false)]
    [TestCase("Sec-Fetch-Site", "same-origin", true)]
    [Property("Checklist", "7.6.2")]
    public async Task IssuedRecoveryCode_FromAnotherSite_SignsNobodyIn(string header, string value, bool accepted)
    {
        await using var host = await TestHost.StartAsync("Development", ("Flows:Recovery:Enabled", "true"));
        using var administrator = host.NewClient(Agent.Native);
        var created = await administrator.PostAsync("/admin/identities", """{ "schema_id": "default", "traits": { "email": "mallory@example.org" } }""", "application/json");
        var issued = (await administrator.PostAsync("/admin/recovery/code", $$"""{ "identity_id": "{{created.Json.GetProperty("id").GetString()}}" }""", "application/json")).Json;
        var flow = issued.GetProperty("recovery_link").GetString()!.Split("flow=")[1];
        using var victim = host.NewClient(Agent.Html);
        victim.Headers[header] = value;

        var answer = await victim.PostAsync($"/self-service/recovery?flow={flow}", $"method=code&code={issued.GetProperty("recovery_code").GetString()}", "application/x-www-form-urlencoded");

        answer.SetCookies.Any(c => c.Contains("selfservice_session", StringComparison.Ordinal)).ShouldBe(accepted, answer.Body);
    }
}
