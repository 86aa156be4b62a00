using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Hosting.Authentication;

namespace Selfservice.Hosting.Tests.Authentication;

/// <summary>The scheme in front of a host's own endpoint, added in both ways.</summary>
public sealed class AuthenticationSchemeTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    [TestCase(true)]
    [TestCase(false)]
    public async Task Page_WithASession_KnowsWhoAsks(bool alone)
    {
        await using var host = await StartAsync(alone);
        using var client = host.NewClient(Agent.Native);
        await client.RegisterAsync(Email, Password);

        var answer = await client.GetAsync("/mine");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        var session = (await client.WhoamiAsync()).Json;
        answer.Body.ShouldBe($"{session.GetProperty("identity").GetProperty("id").GetString()} {session.GetProperty("id").GetString()} aal1 password {Email}");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Page_WithoutASession_SendsTheBrowserIntoLoginAndBack(bool alone)
    {
        await using var host = await StartAsync(alone);
        using var client = host.NewClient(Agent.Html);

        var answer = await client.GetAsync("/mine?tab=2");

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location.ShouldBe($"{host.Url}/self-service/login/browser?return_to={Uri.EscapeDataString(host.Url + "/mine?tab=2")}");
    }

    [Test]
    public async Task Challenge_WithAPlaceToComeBackTo_LeadsThere()
    {
        await using var host = await StartAsync(alone: true);
        using var client = host.NewClient(Agent.Html);

        (await client.GetAsync("/challenge")).Location.ShouldBe($"{host.Url}/self-service/login/browser?return_to={Uri.EscapeDataString(host.Url + "/there?x=1")}");
    }

    [TestCase("DefaultBrowserReturnUrl")]
    [TestCase("Flows:Login:After:DefaultBrowserReturnUrl")]
    [TestCase("Flows:Login:After:Password:DefaultBrowserReturnUrl")]
    public async Task SignIn_OfAHostWhoseBrowsersGoElsewhere_LeadsBackToTheProtectedPage(string elsewhere)
    {
        const string own = "https://accounts.example.org";
        await using var host = await StartAsync(alone: true, ("PublicUrl", own), ("AllowedReturnUrls:0", own), ("Cookies:Secure", "false"), (elsewhere, "https://app.example.org/"));
        using var client = host.NewClient(Agent.Html);
        using (var newcomer = host.NewClient(Agent.Native))
            await newcomer.RegisterAsync(Email, Password);

        var challenged = await client.GetAsync("/mine?tab=2");
        challenged.Location.ShouldStartWith(own + "/self-service/login/browser?");
        var flow = await client.BeginAsync("login", new Uri(challenged.Location!).Query);
        var signedIn = await client.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password));

        signedIn.Location.ShouldBe(own + "/mine?tab=2");
    }

    [Test]
    public async Task Claims_OfAPathThatIsNoneOfTheIdentitys_StopTheHost()
    {
        var fault = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var host = await TestHost.StartAsync("Development", builder => builder.Services.AddSelfserviceAuthentication(o => o.IdentityClaims["department"] = "work.department"));
        });

        fault.Message.ShouldContain("IdentityClaims has a path that begins with none of traits, metadata_public and metadata_admin.");
    }

    [Test]
    public async Task Claims_ComeFromTraitsAndMetadata()
    {
        await using var host = await StartAsync(alone: true);
        using var administrator = host.NewClient(Agent.Native);
        var created = await administrator.PostAsync(
            "/admin/identities",
            $$$"""
            { "schema_id": "default", "traits": { "email": "{{{Email}}}" }, "credentials": { "password": { "config": { "password": "{{{Password}}}" } } },
              "metadata_public": { "plan": { "name": "pro" } }, "metadata_admin": { "department": ["support", 7, { "no": "claim" }] } }
            """,
            "application/json");
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        using var client = host.NewClient(Agent.Native);
        await client.LogInAsync(Email, Password);

        (await client.GetAsync("/claims")).Body.ShouldBe("pro support,7");
    }

    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    public async Task Page_WithoutASession_TellsAScriptWhatIsMissing(Agent agent)
    {
        await using var host = await StartAsync(alone: true);
        using var client = host.NewClient(agent);

        (await client.GetAsync("/mine")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task SchemeAlone_StartsNoDataProtection()
    {
        await using var alone = await StartAsync(alone: true);
        await using var amongOthers = await StartAsync(alone: false);

        alone.Services.GetService<IDataProtectionProvider>().ShouldBeNull();
        amongOthers.Services.GetService<IDataProtectionProvider>().ShouldNotBeNull();
    }

    private static Task<TestHost> StartAsync(bool alone, params (string, string?)[] settings) => TestHost.StartAsync("Development", builder => Add(builder, alone), Map, settings);

    private static void Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/challenge", () => TypedResults.Challenge(new() { RedirectUri = "/there?x=1" }));
        app.MapGet("/claims", (ClaimsPrincipal user) => $"{user.FindFirstValue("plan")} {string.Join(',', user.FindAll("department").Select(c => c.Value))}").RequireAuthorization();
        app.MapGet("/mine", (ClaimsPrincipal user) => string.Join(' ', new[] { "sub", "sid", "aal", "amr", "email" }.Select(user.FindFirstValue))).RequireAuthorization();
    }

    private static void Add(SelfserviceBuilder builder, bool alone)
    {
        if (alone)
            builder.Services.AddSelfserviceAuthentication(AddClaims);
        else
            builder.Services.AddAuthentication().AddSelfservice(AddClaims);
        builder.Services.AddAuthorization();
    }

    private static void AddClaims(SelfserviceAuthenticationOptions options) => (options.IdentityClaims["plan"], options.IdentityClaims["department"]) = ("metadata_public.plan.name", "metadata_admin.department");
}
