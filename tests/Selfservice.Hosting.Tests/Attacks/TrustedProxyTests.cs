using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class TrustedProxyTests
{
    private const string Claimed = "198.51.100.7";

    // The attacker claims to be somebody else's proxy, so that another address is shown to the owner of the session and counted for the attempts.
    // Only what a named proxy says is believed.
    [TestCase(null, "127.0.0.1")]
    [TestCase("10.0.0.10", "127.0.0.1")]
    [TestCase("127.0.0.1", Claimed)]
    [Property("Checklist", "3.7.2")]
    public async Task Session_ShowsAForwardedAddress_OnlyFromANamedProxy(string? proxy, string shown)
    {
        await using var host = await StartAsync(proxy);
        using var client = host.NewClient(Agent.Native);
        client.Headers["X-Forwarded-For"] = Claimed;

        await client.RegisterAsync("ada@example.org", "plover-kettle-71-orbit");

        var session = (await client.WhoamiAsync()).Json;
        session.GetProperty("devices")[0].GetProperty("ip_address").GetString().ShouldBe(shown);
    }

    // The attacker claims another address with each guess, so that each counts for somebody else.
    // Behind a named proxy the addresses are the clients' own, and one client's failures leave the others in peace.
    [TestCase(null, false)]
    [TestCase("10.0.0.10", false)]
    [TestCase("127.0.0.1", true)]
    [Property("Checklist", "6.3.1")]
    public async Task FailedSignIns_AreCountedForTheClient_BehindANamedProxyOnly(string? proxy, bool areApart)
    {
        await using var host = await StartAsync(proxy, ("Methods:Password:Config:FailedLogins:PerClient", "2"));
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync("ada@example.org", "plover-kettle-71-orbit");
        using var client = host.NewClient(Agent.Native);
        for (var i = 0; i < 2; i++)
            await SignInAsync(client, Claimed, "not the password 4711");

        var answer = await SignInAsync(client, "198.51.100.8", "plover-kettle-71-orbit");

        ((int)answer.Status).ShouldBe(areApart ? 200 : 400);
    }

    private static Task<Answer> SignInAsync(Client client, string from, string password)
    {
        client.Headers["X-Forwarded-For"] = from;
        return client.LogInAsync("ada@example.org", password);
    }

    private static Task<TestHost> StartAsync(string? proxy, params (string Key, string? Value)[] settings) => TestHost.StartAsync(
        "Development",
        builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            if (proxy is not null)
                options.KnownProxies.Add(IPAddress.Parse(proxy));
        }),
        app =>
        {
            // Without a proxy nobody has asked for the middleware.
            if (proxy is not null)
                app.UseForwardedHeaders();
        },
        settings);
}
