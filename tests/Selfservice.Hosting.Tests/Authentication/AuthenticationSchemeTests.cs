using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;

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
        answer.Location.ShouldBe($"{host.Url}/self-service/login/browser?return_to=%2Fmine%3Ftab%3D2");
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

    private static Task<TestHost> StartAsync(bool alone) => TestHost.StartAsync("Development", builder => Add(builder, alone), app =>
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/mine", (ClaimsPrincipal user) => string.Join(' ', new[] { "sub", "sid", "aal", "amr", "email" }.Select(user.FindFirstValue))).RequireAuthorization();
    });

    private static void Add(SelfserviceBuilder builder, bool alone)
    {
        if (alone)
            builder.Services.AddSelfserviceAuthentication();
        else
            builder.Services.AddAuthentication().AddSelfservice();
        builder.Services.AddAuthorization();
    }
}
