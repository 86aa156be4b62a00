namespace Selfservice.Hosting.Tests.Attacks;

public sealed class PlantedSecretsTests
{
    // Someone who may read logs, or a service that collects them, looks for what opens accounts.
    // Passwords, tokens and identifiers must not be there at any level.
    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    [Property("Checklist", "16.2.5")]
    public async Task Logs_OfEveryFlowAtTrace_HoldNoSecret(Agent agent)
    {
        const string email = "planted.identifier@example.org";
        const string password = "planted-secret-71-orbit";
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(agent);
        await client.RegisterAsync(email, password);
        var secrets = new List<string> { email, password, "wrong-" + password };
        Remember();
        await client.LogOutAsync();
        client.SessionToken = null;
        await client.LogInAsync(email, "wrong-" + password);
        await client.RegisterAsync(email, password);
        await client.LogInAsync(email, password);
        Remember();
        var flow = await client.BeginAsync("login", "?refresh=true");
        secrets.Add(flow.CsrfToken);
        await client.PostAsync($"/self-service/login?flow={flow.Id}", $$"""{"password":"{{password}}","identifier":"{{email}}",""", "application/json");
        await client.WhoamiAsync();

        foreach (var secret in secrets.Where(s => s.Length > 0))
            host.Logs.Text.ShouldNotContain(secret);

        void Remember()
        {
            secrets.AddRange(client.Cookies.Values.Select(v => v.Split('.')[0]));
            secrets.Add(client.SessionToken ?? "");
        }
    }
}
