using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class AccountSecretsTests
{
    // Someone who may read logs looks for codes, links and passwords of people who recover, verify and change their accounts.
    // None of them may be there, at any level.
    [TestCase(Agent.Html, "code")]
    [TestCase(Agent.Html, "link")]
    [TestCase(Agent.Ajax, "code")]
    [TestCase(Agent.Ajax, "link")]
    [TestCase(Agent.Native, "code")]
    [TestCase(Agent.Native, "link")]
    [Property("Checklist", "16.2.5")]
    public async Task Logs_OfAnAccountsLifeAtTrace_HoldNoSecret(Agent agent, string method)
    {
        await using var host = await StartAsync([.. method == "link" ? Links : [], .. Verifying]);
        using var client = host.NewClient(agent);
        await client.RegisterAsync(Email, Password);
        var secrets = new List<string> { Email, Password, NewPassword };
        secrets.AddRange(SecretsOf(client));
        var settings = await client.BeginAsync("settings");
        await client.SendFormAsync("settings", settings, ("method", "password"), ("password", NewPassword));
        client.Cookies.Clear();
        client.SessionToken = null;
        foreach (var kind in new[] { "verification", "recovery" })
            secrets.AddRange(await ProveAsync(host, client, kind, method));

        secrets.Count.ShouldBeGreaterThan(5);
        foreach (var secret in secrets.Where(s => s.Length > 0))
            host.Logs.Text.ShouldNotContain(secret);
    }

    /// <summary>Asks for a proof and gives it.</summary>
    private static async Task<IEnumerable<string>> ProveAsync(TestHost host, Client client, string kind, string method)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var flow = await client.AskAsync(kind, Email, method);
        if (method == "code")
        {
            var code = await host.Mails().LastCodeForAsync(Email);
            await client.RedeemAsync(kind, flow, code);
            return [code, .. SecretsOf(client)];
        }

        var link = await host.Mails().LastLinkForAsync(Email);
        using var browser = host.NewClient(Agent.Html);
        await browser.FollowAsync(link);
        return [link.Split("token=")[1], .. SecretsOf(browser)];
    }

    private static IEnumerable<string> SecretsOf(Client client) => [.. client.Cookies.Values.Select(v => v.Split('.')[0]), client.SessionToken ?? ""];
}
