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
}
