using System.Net;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class RedirectTests
{
    // Open redirect: a link to the honest login page carries a return URL that parsers and browsers read differently.
    // After the login the browser would show the attacker's copy of the page, which asks for the password again.
    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("///evil.example/")]
    [TestCase(@"\\evil.example/")]
    [TestCase(@"/\evil.example/")]
    [TestCase("https:evil.example")]
    [TestCase("https:/evil.example")]
    [TestCase("https:///evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,hello")]
    [TestCase("https://app.example@evil.example/allowed")]
    [TestCase("https://user:word@app.example/allowed")]
    [TestCase("https://app.example%2eevil.example/allowed")]
    [TestCase("https://app.example.evil.example/allowed")]
    [TestCase("https://app.example/allowed/../other")]
    [TestCase("https://app.example/allowed/%2e%2e/other")]
    [TestCase("https://app.example/allowed/..%2fother")]
    [TestCase("https://app.example/allowed/..%5cother")]
    [TestCase("https://app.example/elsewhere")]
    [TestCase("http://app.example/allowed")]
    [TestCase("https://app.example:444/allowed")]
    [TestCase("/\t/evil.example/")]
    [TestCase("\thttps://evil.example/")]
    [TestCase("https://app.example\n.evil.example/allowed")]
    [TestCase("https://evil.example\r\n/x")]
    [Property("Checklist", "3.7.2")]
    public async Task ReturnTo_AForeignPlace_IsRefusedEverywhere(string target)
    {
        await using var host = await TestHost.StartAsync("Development", ("AllowedReturnUrls:0", "https://app.example/allowed"));
        using var browser = host.NewClient(Agent.Ajax);
        var query = "?return_to=" + Uri.EscapeDataString(target);

        foreach (var path in new[] { "/self-service/login/browser", "/self-service/registration/browser", "/self-service/login/api" })
        {
            var answer = await browser.GetAsync(path + query);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, path + " " + answer.Body);
            answer.Location.ShouldBeEmpty();
        }
    }

    // The same list must let the honest targets pass, or a table of refusals proves nothing.
    // A change that refuses everything would otherwise go unseen.
    [TestCase("https://app.example/allowed")]
    [TestCase("https://app.example/allowed/deep?q=1#part")]
    [TestCase("/welcome")]
    [Property("Checklist", "3.7.2")]
    public async Task ReturnTo_AnAllowedPlace_IsFollowedAfterLogin(string target)
    {
        await using var host = await TestHost.StartAsync("Development", ("AllowedReturnUrls:0", "https://app.example/allowed"));
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync("ada@example.org", "plover-kettle-71-orbit");
        using var browser = host.NewClient(Agent.Html);
        var flow = await browser.BeginAsync("login", "?return_to=" + Uri.EscapeDataString(target));

        var answer = await browser.SubmitAsync("login", flow, Client.LoginOf(flow, "ada@example.org", "plover-kettle-71-orbit"));

        answer.Location.ShouldBe(target.StartsWith('/') ? host.Url + target : target);
    }

    // A link to the sign-up page says where to go once the address is proven: to the attacker's copy of a page.
    // Nobody is sent there, and the address can be proven all the same.
    [Test]
    [Property("Checklist", "3.7.2")]
    public async Task PlaceAfterVerification_ThatIsForeign_IsLeftOut()
    {
        await using var host = await TestHost.StartAsync("Development", ("Flows:Verification:Enabled", "true"), ("FeatureFlags:LegacyContinueWithVerificationUi", "true"));
        using var client = host.NewClient(Agent.Ajax);
        var flow = await client.BeginAsync("registration", "?after_verification_return_to=https%3A%2F%2Fevil.example%2F");
        var registered = await client.SubmitAsync("registration", flow, Client.RegistrationOf(flow, "ada@example.org", "plover-kettle-71-orbit"));
        var verification = registered.Json.GetProperty("continue_with").EnumerateArray().Single(c => c.GetProperty("action").GetString() == "show_verification_ui").GetProperty("flow").GetProperty("id").GetString()!;

        var shown = await client.ShowAsync("verification", verification);
        var answer = await client.SubmitAsync("verification", shown, ("method", "code"), ("code", await host.Mails().LastCodeForAsync("ada@example.org")), ("csrf_token", shown.CsrfToken));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Json.GetProperty("state").GetString().ShouldBe("passed_challenge");
        answer.Json.GetProperty("ui").GetRawText().ShouldNotContain("evil.example");
    }

    // The contract sends somebody who is signed in, and submits a registration all the same, to another flow here if the request says so, and nowhere else.
    [TestCase("/self-service/settings/browser", "/self-service/settings/browser")]
    [TestCase("/elsewhere", "/")]
    [TestCase("https://evil.example/self-service/", "/")]
    [Property("Checklist", "3.7.2")]
    public async Task ReturnTo_OfARegistrationWhileSignedIn_LeadsToAFlowOrNowhere(string target, string location)
    {
        await using var host = await TestHost.StartAsync("Development", ("DefaultBrowserReturnUrl", "/"));
        using var browser = host.NewClient(Agent.Html);
        var flow = await browser.BeginAsync("registration");
        await browser.SubmitAsync("registration", flow, Client.RegistrationOf(flow, "ada@example.org", "plover-kettle-71-orbit"));

        var answer = await browser.PostAsync($"/self-service/registration?flow={flow.Id}&return_to={Uri.EscapeDataString(target)}", "method=password", "application/x-www-form-urlencoded");

        answer.Status.ShouldBe(HttpStatusCode.Found);
        answer.Location.ShouldBe(host.Url + location);
    }
}
