using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Hosting.Pages;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Tests.Flows;

public sealed class SecondFactorTests
{
    private const string Password = "plover-kettle-71-orbit";

    [Test]
    public async Task Script_WithASecondFactor_IsSentOnToProveIt()
    {
        await using var host = await TestHost.StartAsync("Development", AddWord);
        await InviteAsync(host);
        using var client = host.NewClient(Agent.Ajax);

        var signedIn = await client.LogInAsync("ada@example.org", Password);

        signedIn.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, signedIn.Body);
        var next = signedIn.Json.GetProperty("redirect_browser_to").GetString()!;
        next.ShouldEndWith("/self-service/login/browser?aal=aal2");
        await RefusesAsync(client, next);
        var flow = new FlowView((await client.GetAsync(next)).Json);
        (await client.SubmitAsync("login", flow, ("method", "word"), ("csrf_token", flow.CsrfToken))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.WhoamiAsync()).Json.GetProperty("authenticator_assurance_level").GetString().ShouldBe("aal2");
        (await client.GetAsync("/sessions")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Page_WithASecondFactor_IsRedirectedAndKeepsItsReturnUrl()
    {
        await using var host = await TestHost.StartAsync("Development", AddWord);
        await InviteAsync(host);
        using var client = host.NewClient(Agent.Html);
        var flow = await client.BeginAsync("login", "?return_to=/here");

        var signedIn = await client.SubmitAsync("login", flow, Client.LoginOf(flow, "ada@example.org", Password));

        signedIn.Location.ShouldEndWith("/self-service/login/browser?aal=aal2&return_to=%2Fhere");
        client.Cookies.Keys.ShouldContain(k => k.Contains("session", StringComparison.Ordinal));
    }

    [Test]
    public async Task NativeClient_WithASecondFactor_LearnsNothingOfTheIdentity()
    {
        await using var host = await TestHost.StartAsync("Development", AddWord);
        await InviteAsync(host);
        using var client = host.NewClient(Agent.Native);

        var signedIn = await client.LogInAsync("ada@example.org", Password);

        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Body);
        signedIn.Json.GetProperty("session").GetProperty("identity").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await RefusesAsync(client, $"{host.Url}/self-service/login/browser?aal=aal2");
    }

    [TestCase("ada@example.org", "aal1")]
    [TestCase("grace@example.org", "highest_available")]
    public async Task OneFactor_IsEnoughWhereNoMoreIsAskedOrThere(string email, string level)
    {
        await using var host = await TestHost.StartAsync("Development", AddWord, ("Session:Whoami:RequiredAal", level));
        await InviteAsync(host);
        using var client = host.NewClient(Agent.Ajax);

        var signedIn = await client.LogInAsync(email, Password);

        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Body);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task ProtectedPage_WithASecondFactor_IsOpenOnlyOnceItIsProven()
    {
        await using var host = await TestHost.StartAsync("Development", AddProtectedPage, MapProtectedPage);
        await InviteAsync(host);
        using var client = host.NewClient(Agent.Html);
        var first = await client.BeginAsync("login");
        await client.SubmitAsync("login", first, Client.LoginOf(first, "ada@example.org", Password));

        (await client.GetAsync("/page")).Body.ShouldBe("nobody True");
        var challenged = await client.GetAsync("/mine");

        challenged.Location.ShouldBe($"{host.Url}/self-service/login/browser?aal=aal2&return_to={Uri.EscapeDataString(host.Url + "/mine")}");
        var flow = await client.BeginAsync("login", new Uri(challenged.Location!).Query);
        (await client.SubmitAsync("login", flow, ("method", "word"), ("csrf_token", flow.CsrfToken))).Location.ShouldBe(host.Url + "/mine");
        (await client.GetAsync("/mine")).Body.ShouldBe("aal2");
        (await client.GetAsync("/page")).Body.ShouldBe("aal2 False");
    }

    private static void AddProtectedPage(SelfserviceBuilder builder)
    {
        AddWord(builder);
        builder.Services.AddSelfserviceAuthentication();
        builder.Services.AddAuthorization();
    }

    private static void MapProtectedPage(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/page", async (HttpContext context, BrowserRequests browser) =>
            $"{(await browser.FindSessionAsync(context))?.Aal.ToWireName() ?? "nobody"} {await browser.NeedsSecondFactorAsync(context)}");
        app.MapGet("/mine", (ClaimsPrincipal user) => user.FindFirstValue("aal")).RequireAuthorization();
    }

    private static void AddWord(SelfserviceBuilder builder) => builder.AddStrategy<WordStrategy>();

    /// <summary>Ada, who has a second factor, and Grace, who has none.</summary>
    private static async Task InviteAsync(TestHost host)
    {
        using var administrator = host.NewClient(Agent.Native);
        foreach (var (email, more) in new[] { ("ada@example.org", """, "word": { "identifiers": ["ada"], "config": {} }"""), ("grace@example.org", "") })
        {
            var created = await administrator.PostAsync(
                "/admin/identities",
                $$$"""{ "schema_id": "default", "traits": { "email": "{{{email}}}" }, "credentials": { "password": { "config": { "password": "{{{Password}}}" } }{{{more}}} } }""",
                "application/json");
            created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        }
    }

    private static async Task RefusesAsync(Client client, string next)
    {
        foreach (var path in new[] { "/sessions/whoami", "/sessions" })
        {
            var refused = await client.GetAsync(path);
            refused.Status.ShouldBe(HttpStatusCode.Forbidden, refused.Body);
            refused.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("session_aal2_required");
            refused.Json.GetProperty("redirect_browser_to").GetString().ShouldBe(next);
        }
    }
}
