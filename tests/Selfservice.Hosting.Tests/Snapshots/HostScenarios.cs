namespace Selfservice.Hosting.Tests.Snapshots;

internal static class HostScenarios
{
    private static readonly Agent[] Script = [Agent.Ajax];

    /// <summary>These answer every agent alike; where that is not so by design, each agent is shown.</summary>
    public static IEnumerable<Scenario> All =>
    [
        new("host/schemas", s => s.ShowAsync("/schemas")) { Agents = Script },
        new("host/schemas-second-page", s => s.ShowAsync("/schemas?page=1&per_page=1")) { Agents = Script },
        new("host/schema", s => s.ShowAsync("/schemas/default")) { Agents = Script },
        new("host/schema-unknown", s => s.ShowAsync("/schemas/nobody")) { Agents = Script },
        new("host/errors-stub", s => s.ShowAsync("/self-service/errors?id=stub:500")) { Agents = Script },
        new("host/errors-unknown", s => s.ShowAsync("/self-service/errors?id=" + Guid.Empty)),
        new("host/health-alive", s => s.ShowAsync("/health/alive")) { Agents = Script },
        new("host/health-ready", s => s.ShowAsync("/health/ready")) { Agents = Script },
        new("host/version", s => s.ShowAsync("/version")) { Agents = Script },
        new("host/unknown-path", s => s.ShowAsync("/nowhere")),
        new("host/unknown-path-posted", s => s.ShowAsync(HttpMethod.Post, "/nowhere", "{}")),
        new("host/trailing-slash", s => s.ShowAsync("/sessions/whoami/")) { Agents = Script },
        new("host/method-not-allowed", s => s.ShowAsync(HttpMethod.Put, "/self-service/login", "{}")),
        new("host/method-not-allowed-guarded", s => s.ShowAsync(HttpMethod.Delete, "/self-service/login/browser")),
        new("host/head", s => s.ShowAsync(HttpMethod.Head, "/health/alive")) { Agents = Script },
        new("host/preflight", s =>
        {
            s.Client.Headers["Origin"] = "https://app.example.org";
            s.Client.Headers["Access-Control-Request-Method"] = "POST";
            s.Client.Headers["Access-Control-Request-Headers"] = "content-type";
            return s.ShowAsync(HttpMethod.Options, "/self-service/login");
        })
        {
            Agents = Script,
            Settings = [("Serve:Public:Cors:Enabled", "true"), ("Serve:Public:Cors:AllowedOrigins:0", "https://app.example.org"), ("Serve:Public:Cors:AllowCredentials", "true")],
        },
    ];
}
