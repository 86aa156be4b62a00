using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Selfservice.Testing.Hosts;
using Shouldly;

public sealed class MembersTests
{
    [Test]
    public async Task Members_GreetsWhoIsSignedInAndNobodyElse()
    {
        await using var host = await SelfserviceTestHost.StartAsync(
            selfservice => selfservice.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false),
            map: app => app.MapGet("/members", (ClaimsPrincipal user) => $"Hello {user.FindFirstValue("email")}").RequireAuthorization());
        using var client = await host.SignInAsync("""{ "email": "anna@example.org" }""");

        (await client.GetStringAsync("/members")).ShouldBe("Hello anna@example.org");

        using var stranger = await host.Client.GetAsync("/members");
        stranger.StatusCode.ShouldBe(HttpStatusCode.SeeOther);   // to sign in
    }
}
