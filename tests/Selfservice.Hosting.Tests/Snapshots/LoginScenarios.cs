using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

internal static class LoginScenarios
{
    private static readonly (string Name, string Value)[] Right = [("method", "password"), ("identifier", Email), ("password", Password)];
    private static readonly (string Key, string? Value) IdentifierFirst = ("Flows:Login:Style", "identifier_first");

    public static IEnumerable<Scenario> All => [.. Beginnings, .. Fetches, .. Rejections, .. Completions, .. Steps];

    private static IEnumerable<Scenario> Beginnings =>
    [
        new("login/created", s => s.ShowBeginningAsync("login")),
        new("login/created-with-return-to", s => s.ShowBeginningAsync("login", "?return_to=" + Uri.EscapeDataString(PublicUrl + "/members"))),
        new("login/created-with-v07-names", s => s.ShowBeginningAsync("login")) { Settings = [("FeatureFlags:LegacyV07Names", "true")] },
        new("login/created-with-exchange-code", s => s.ShowBeginningAsync("login", "?return_session_token_exchange_code=true")) { Agents = [Agent.Native] },
        new("login/created-identifier-first", s => s.ShowBeginningAsync("login")) { Settings = [IdentifierFirst] },
        new("login/created-password-disabled", s => s.ShowBeginningAsync("login")) { Settings = [("Methods:Password:Enabled", "false")] },
        new("login/created-refresh", async s =>
        {
            await s.SignUpAsync();
            await s.ShowBeginningAsync("login", "?refresh=true");
        }),
        new("login/created-signed-in", async s =>
        {
            await s.SignUpAsync();
            await s.ShowBeginningAsync("login");
        }),
        new("login/forbidden-return-to", s => s.ShowBeginningAsync("login", "?return_to=" + Uri.EscapeDataString("https://evil.example.com/"))),
        new("login/second-factor-without-session", s => s.ShowBeginningAsync("login", "?aal=aal2")),
        new("login/unknown-assurance-level", s => s.ShowBeginningAsync("login", "?aal=aal9")),
        new("login/unknown-schema", s => s.ShowBeginningAsync("login", "?identity_schema=nobody")),
        new("login/unconfigured-challenge", s => s.ShowBeginningAsync("login", "?login_challenge=abc")) { Agents = [Agent.Html, Agent.Ajax] },
    ];

    private static IEnumerable<Scenario> Fetches =>
    [
        new("login/shown-unknown", s => s.ShowAsync("/self-service/login/flows?id=" + Guid.Empty)),
        new("login/shown-at-old-address", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            await s.ShowAsync("/self-service/login/browser/flows?id=" + flow.Id);
        }),
        new("login/shown-expired", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            s.Host.Clock.Advance(TimeSpan.FromHours(2));
            await s.ShowAsync("/self-service/login/flows?id=" + flow.Id);
        }),
        new("login/shown-to-another-browser", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            s.Client.Cookies.Clear();
            await s.ShowAsync("/self-service/login/flows?id=" + flow.Id);
        })
        { Agents = [Agent.Html, Agent.Ajax] },
    ];

    private static IEnumerable<Scenario> Rejections =>
    [
        new("login/wrong-password", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("login", ("method", "password"), ("identifier", Email), ("password", "not-the-password"));
        }),
        new("login/unknown-identifier", s => s.ShowSubmissionAsync("login", Right)),
        new("login/missing-identifier", s => s.ShowSubmissionAsync("login", ("method", "password"), ("password", Password))),
        new("login/missing-password", s => s.ShowSubmissionAsync("login", ("method", "password"), ("identifier", Email))),
        new("login/missing-method", s => s.ShowSubmissionAsync("login", ("identifier", Email), ("password", Password))),
        new("login/unknown-method", s => s.ShowSubmissionAsync("login", ("method", "pigeon"), ("identifier", Email))),
        new("login/password-disabled", s => s.ShowSubmissionAsync("login", Right)) { Settings = [("Methods:Password:Enabled", "false")] },
        new("login/unreadable-body", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            await s.ShowBodyAsync("/self-service/login?flow=" + flow.Id, "method=%zz", "{\"method\":");
        }),
        new("login/unknown-content-type", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            await s.ShowAsync(s.Client.PostAsync("/self-service/login?flow=" + flow.Id, "method=password", "text/plain"));
        }),
        new("login/returned", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            await s.ShowAsync("/self-service/login?flow=" + flow.Id);
        }),
        new("login/without-flow", s => s.ShowBodyAsync("/self-service/login", "", "{}")),
        new("login/unknown-flow", s => s.ShowBodyAsync("/self-service/login?flow=" + Guid.Empty, "", "{}")),
        new("login/flow-of-registration", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
        new("login/wrong-csrf-token", s => s.ShowSubmissionAsync("login", [("csrf_token", "x"), .. Right])) { Agents = [Agent.Html, Agent.Ajax] },
        new("login/without-csrf-cookie", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            s.Client.Cookies.Clear();
            await s.ShowSubmissionAsync("login", flow, Right);
        })
        { Agents = [Agent.Html, Agent.Ajax] },
        new("login/native-flow-with-cookie", async s =>
        {
            s.Client.Headers["Cookie"] = "a=b";
            await s.ShowSubmissionAsync("login", Right);
        })
        { Agents = [Agent.Native] },
        new("login/native-flow-with-origin", async s =>
        {
            s.Client.Headers["Origin"] = PublicUrl;
            await s.ShowSubmissionAsync("login", Right);
        })
        { Agents = [Agent.Native] },
        new("login/expired", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            s.Host.Clock.Advance(TimeSpan.FromHours(2));
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
        new("login/closed", async s =>
        {
            await s.RegisterSomebodyAsync();
            var flow = await s.Client.BeginAsync("login");
            await s.CloseAsync("login", flow, Right);
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
        new("login/signed-in", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            await s.RegisterSomebodyAsync();
            await s.Client.LogInAsync(Email, Password);
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
    ];

    private static IEnumerable<Scenario> Completions =>
    [
        new("login/completed", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("login", Right);
        }),
        new("login/completed-with-return-to", async s =>
        {
            await s.RegisterSomebodyAsync();
            var flow = await s.Client.BeginAsync("login", "?return_to=" + Uri.EscapeDataString(PublicUrl + "/members"));
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
        new("login/completed-with-v07-names", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("login", ("method", "password"), ("password_identifier", Email), ("password", Password));
        }),
        new("login/completed-refresh", async s =>
        {
            await s.SignUpAsync();
            var flow = await s.Client.BeginAsync("login", "?refresh=true");
            await s.ShowSubmissionAsync("login", flow, Right);
        }),
        new("login/rejected-refresh", async s =>
        {
            await s.SignUpAsync();
            var flow = await s.Client.BeginAsync("login", "?refresh=true");
            await s.ShowSubmissionAsync("login", flow, ("method", "password"), ("identifier", Email), ("password", "not-the-password"));
        }),
    ];

    private static IEnumerable<Scenario> Steps =>
    [
        new("login/step-known-identifier", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("login", ("method", "identifier_first"), ("identifier", Email));
        })
        { Settings = [IdentifierFirst] },
        new("login/step-unknown-identifier", s => s.ShowSubmissionAsync("login", ("method", "identifier_first"), ("identifier", "nobody@example.org"))) { Settings = [IdentifierFirst] },
        new("login/step-unknown-identifier-concealed", s => s.ShowSubmissionAsync("login", ("method", "identifier_first"), ("identifier", "nobody@example.org")))
        {
            Settings = [IdentifierFirst, ("Security:AccountEnumeration:Mitigate", "true")],
        },
        new("login/step-missing-identifier", s => s.ShowSubmissionAsync("login", ("method", "identifier_first"))) { Settings = [IdentifierFirst] },
        new("login/step-completed", async s =>
        {
            await s.RegisterSomebodyAsync();
            var flow = await s.Client.BeginAsync("login");
            await s.SubmitAsync("login", flow, ("method", "identifier_first"), ("identifier", Email));
            await s.ShowSubmissionAsync("login", flow, Right);
        })
        { Settings = [IdentifierFirst] },
    ];
}
