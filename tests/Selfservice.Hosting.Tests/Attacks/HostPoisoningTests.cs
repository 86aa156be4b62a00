namespace Selfservice.Hosting.Tests.Attacks;

public sealed class HostPoisoningTests
{
    // The attacker sends a request whose headers claim another host name, and a cache or a mail carries the answer to the victim.
    // Links made from that name would take the victim's tokens to the attacker.
    [TestCase("Host", "evil.example")]
    [TestCase("X-Forwarded-Host", "evil.example")]
    [TestCase("X-Forwarded-Server", "evil.example")]
    [TestCase("X-Original-Host", "evil.example")]
    [TestCase("Forwarded", "host=evil.example;proto=https")]
    [TestCase("X-Forwarded-Prefix", "//evil.example")]
    [TestCase("X-Original-URL", "//evil.example")]
    [Property("Checklist", "3.7.2")]
    public async Task AnyAnswer_UnderAClaimedHostName_ShowsThePublicUrlOnly(string header, string value)
    {
        await using var host = await TestHost.StartAsync("Development", ("PublicUrl", "https://login.example.org"));
        foreach (var agent in new[] { Agent.Html, Agent.Ajax, Agent.Native })
            await CheckAsync(host, agent, header, value);
    }

    private static async Task CheckAsync(TestHost host, Agent agent, string header, string value)
    {
        using var client = host.NewClient(agent);
        client.Headers[header] = value;
        foreach (var kind in new[] { "login", "registration" })
        {
            var init = await client.GetAsync($"/self-service/{kind}/{(agent == Agent.Native ? "api" : "browser")}");
            (init.Body + init.Location + string.Join(' ', init.SetCookies)).ShouldNotContain("evil.example");
        }

        var registered = await client.RegisterAsync($"{agent}@example.org", "plover-kettle-71-orbit");
        (registered.Body + registered.Location).ShouldNotContain("evil.example");
        (await client.WhoamiAsync()).Body.ShouldNotContain("evil.example");
        if (agent == Agent.Native)
            return;
        var logout = await client.GetAsync("/self-service/logout/browser");
        logout.Body.ShouldContain("https://login.example.org/self-service/logout?");
        logout.Body.ShouldNotContain("evil.example");
    }
}
