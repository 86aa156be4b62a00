using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Testing.Hosts;

namespace Selfservice.Docs.Tests;

/// <summary>What the page about the test kit says of a host's own endpoints, besides its sample.</summary>
public sealed class TestHostTests
{
    [Test]
    public async Task Map_WithTheHostsOwnAuthenticationAndPolicy_KeepsThem()
    {
        await using var host = await SelfserviceTestHost.StartAsync(
            selfservice =>
            {
                selfservice.Services.AddAuthentication().AddSelfservice(options => options.IdentityClaims["department"] = "traits.name");
                selfservice.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireClaim("department", "Support"));
            },
            map: app => app.MapGet("/desk", () => "Only for the staff.").RequireAuthorization("staff"));

        (await ReadAsync(host, """{ "email": "anna@example.org", "name": "Support" }""")).ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(host, """{ "email": "berta@example.org", "name": "Sales" }""")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Map_AfterTheSessionHasEnded_LetsNobodyIn()
    {
        await using var host = await SelfserviceTestHost.StartAsync(_ => { }, map: app => app.MapGet("/members", () => "Only for members.").RequireAuthorization());
        using var client = await host.SignInAsync("""{ "email": "anna@example.org" }""");
        host.Clock.Advance(TimeSpan.FromDays(1));
        using var answer = await client.GetAsync(new Uri("/members", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> ReadAsync(SelfserviceTestHost host, string traits)
    {
        using var client = await host.SignInAsync(traits);
        using var answer = await client.GetAsync(new Uri("/desk", UriKind.Relative));
        return answer.StatusCode;
    }
}
