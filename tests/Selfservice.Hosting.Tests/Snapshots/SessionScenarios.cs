using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

internal static class SessionScenarios
{
    public static IEnumerable<Scenario> All => [.. Sessions, .. Logouts];

    private static IEnumerable<Scenario> Sessions =>
    [
        new("sessions/whoami-nobody", s => s.ShowAsync("/sessions/whoami")),
        new("sessions/whoami", SignedIn(s => s.ShowAsync("/sessions/whoami"))),
        new("sessions/whoami-cacheable", SignedIn(s => s.ShowAsync("/sessions/whoami"))) { Settings = [("FeatureFlags:CacheableSessions", "true")] },
        new("sessions/whoami-expired", SignedIn(s =>
        {
            s.Host.Clock.Advance(TimeSpan.FromDays(2));
            return s.ShowAsync("/sessions/whoami");
        })),
        new("sessions/whoami-unknown-template", SignedIn(s => s.ShowAsync("/sessions/whoami?tokenize_as=nobody"))),
        new("sessions/list-nobody", s => s.ShowAsync("/sessions")),
        new("sessions/list", SignedIn(async s =>
        {
            await LogInElsewhereAsync(s);
            await s.ShowAsync("/sessions");
        })),
        new("sessions/revoke-nobody", s => s.ShowAsync(HttpMethod.Delete, "/sessions/" + Guid.Empty)),
        new("sessions/revoke", SignedIn(async s =>
        {
            await LogInElsewhereAsync(s);
            var other = (await s.Client.GetAsync("/sessions")).Json[0].GetProperty("id").GetString();
            await s.ShowAsync(HttpMethod.Delete, "/sessions/" + other);
            await s.ShowAsync("/sessions");
        })),
        new("sessions/revoke-own", SignedIn(async s =>
        {
            var own = (await s.Client.WhoamiAsync()).Json.GetProperty("id").GetString();
            await s.ShowAsync(HttpMethod.Delete, "/sessions/" + own);
        })),
        new("sessions/revoke-exchange", SignedIn(s => s.ShowAsync(HttpMethod.Delete, "/sessions/token-exchange"))) { Agents = [Agent.Native] },
        new("sessions/revoke-no-id", SignedIn(s => s.ShowAsync(HttpMethod.Delete, "/sessions/nobody"))),
        new("sessions/revoke-others-nobody", s => s.ShowAsync(HttpMethod.Delete, "/sessions")),
        new("sessions/revoke-others", SignedIn(async s =>
        {
            await LogInElsewhereAsync(s);
            await s.ShowAsync(HttpMethod.Delete, "/sessions");
        })),
        new("sessions/exchange-without-codes", s => s.ShowAsync("/sessions/token-exchange")) { Agents = [Agent.Native] },
        new("sessions/exchange-unknown-codes", s => s.ShowAsync("/sessions/token-exchange?init_code=a&return_to_code=b")) { Agents = [Agent.Native] },
    ];

    private static IEnumerable<Scenario> Logouts =>
    [
        new("logout/link-nobody", s => s.ShowAsync("/self-service/logout/browser")) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/link", SignedIn(s => s.ShowAsync("/self-service/logout/browser"))) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/link-forbidden-return-to", SignedIn(s => s.ShowAsync("/self-service/logout/browser?return_to=https://evil.example.com"))) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/completed", SignedIn(async s =>
        {
            var token = (await s.Client.GetAsync("/self-service/logout/browser")).Json.GetProperty("logout_token").GetString();
            await s.ShowAsync("/self-service/logout?token=" + token);
            await s.ShowAsync("/sessions/whoami");
        }))
        { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/completed-clearing-browser", SignedIn(async s =>
        {
            var token = (await s.Client.GetAsync("/self-service/logout/browser")).Json.GetProperty("logout_token").GetString();
            await s.ShowAsync("/self-service/logout?token=" + token);
        }))
        { Agents = [Agent.Html, Agent.Ajax], Settings = [("Flows:Logout:ClearBrowserData", "true")] },
        new("logout/without-token", SignedIn(s => s.ShowAsync("/self-service/logout"))) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/wrong-token", SignedIn(s => s.ShowAsync("/self-service/logout?token=x"))) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/nobody", s => s.ShowAsync("/self-service/logout?token=x")) { Agents = [Agent.Html, Agent.Ajax] },
        new("logout/native", SignedIn(s => s.ShowAsync(s.Client.LogOutAsync()))) { Agents = [Agent.Native] },
        new("logout/native-unknown-token", s => s.ShowAsync(HttpMethod.Delete, "/self-service/logout/api", """{"session_token":"ory_st_x"}""")) { Agents = [Agent.Native] },
        new("logout/native-without-body", s => s.ShowAsync(HttpMethod.Delete, "/self-service/logout/api")) { Agents = [Agent.Native] },
        new("logout/native-without-token", s => s.ShowAsync(HttpMethod.Delete, "/self-service/logout/api", "[]")) { Agents = [Agent.Native] },
    ];

    private static Func<Stage, Task> SignedIn(Func<Stage, Task> play) => async stage =>
    {
        await stage.SignUpAsync();
        await play(stage);
    };

    private static async Task LogInElsewhereAsync(Stage stage)
    {
        using var other = stage.Host.NewClient(Agent.Native);
        (await other.LogInAsync(Email, Password)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }
}
