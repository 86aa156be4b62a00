using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Selfservice.Testing.Hosts;
using Shouldly;

public sealed class SessionTests
{
    [Test]
    public async Task Whoami_AfterADay_IsRefused()
    {
        await using var host = await SelfserviceTestHost.StartAsync(selfservice => selfservice.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false));
        using var client = await host.SignInAsync("""{ "email": "anna@example.org" }""");
        using var before = await client.GetAsync("/sessions/whoami");
        before.StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromDays(1));

        using var after = await client.GetAsync("/sessions/whoami");
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
