using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class AccountSecretsTests
{
    // Someone who may read logs looks for codes, links and passwords of people who recover, verify and change their accounts.
    // None of them may be there, at any level.
    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    [Property("Checklist", "16.2.5")]
    public async Task Logs_OfAnAccountsLifeAtTrace_HoldNoSecret(Agent agent)
    {
        var secrets = new List<string>();
        foreach (var method in new[] { "code", "link" })
        {
            await using var host = await StartAsync([.. method == "link" ? Links : [], .. Verifying]);
            using var client = host.NewClient(agent);
            await client.RegisterAsync(Email, Password);
            Keep();
            var settings = await client.BeginAsync("settings");
            await client.SendFormAsync("settings", settings, ("method", "password"), ("password", NewPassword));
            client.Cookies.Clear();
            client.SessionToken = null;
            foreach (var kind in new[] { "verification", "recovery" })
            {
                host.Clock.Advance(TimeSpan.FromSeconds(1));
                var flow = await client.AskAsync(kind, Email, method);
                var mail = (await host.Mails().MessagesToAsync(Email))[0].TemplateData;
                secrets.Add(method == "link" ? (await host.Mails().LastLinkForAsync(Email)).Split("token=")[1] : await host.Mails().LastCodeForAsync(Email));
                using var browser = host.NewClient(Agent.Html);
                if (method == "link")
                    await browser.FollowAsync(await host.Mails().LastLinkForAsync(Email));
                else
                    await client.RedeemAsync(kind, flow, mail.GetProperty(kind + "_code").GetString()!);
                Keep();
            }

            foreach (var secret in secrets.Append(Email).Append(Password).Append(NewPassword).Where(s => s.Length > 0))
                host.Logs.Text.ShouldNotContain(secret);

            void Keep()
            {
                secrets.AddRange(client.Cookies.Values.Select(v => v.Split('.')[0]));
                secrets.Add(client.SessionToken ?? "");
            }
        }
    }
}
