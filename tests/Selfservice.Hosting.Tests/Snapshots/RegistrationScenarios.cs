using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

internal static class RegistrationScenarios
{
    private static readonly (string Name, string Value)[] Right = [("method", "password"), ("traits.email", Email), ("password", Password)];
    private static readonly (string Name, string Value)[] Profile = [("method", "profile"), ("traits.email", Email)];
    private static readonly (string Key, string? Value) TwoSteps = ("Flows:Registration:Style", "profile_first");
    private static readonly (string Key, string? Value) Disabled = ("Flows:Registration:Enabled", "false");

    public static IEnumerable<Scenario> All => [.. Beginnings, .. Rejections, .. Completions, .. Steps];

    private static IEnumerable<Scenario> Beginnings =>
    [
        new("registration/created", s => s.ShowBeginningAsync("registration")),
        new("registration/created-two-step", s => s.ShowBeginningAsync("registration")) { Settings = [TwoSteps] },
        new("registration/created-password-disabled", s => s.ShowBeginningAsync("registration")) { Settings = [("Methods:Password:Enabled", "false")] },
        new("registration/created-disabled", s => s.ShowBeginningAsync("registration")) { Settings = [Disabled] },
        new("registration/created-signed-in", async s =>
        {
            await s.SignUpAsync();
            await s.ShowBeginningAsync("registration");
        }),
        new("registration/forbidden-return-to", s => s.ShowBeginningAsync("registration", "?return_to=" + Uri.EscapeDataString("https://evil.example.com/"))),
        new("registration/shown-unknown", s => s.ShowAsync("/self-service/registration/flows?id=" + Guid.Empty)),
        new("registration/shown-disabled", s => s.ShowAsync("/self-service/registration/flows?id=" + Guid.Empty)) { Settings = [Disabled] },
        new("registration/shown-at-old-address", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.ShowAsync("/self-service/registration/browser/flows?id=" + flow.Id);
        }),
        new("registration/shown-expired", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            s.Host.Clock.Advance(TimeSpan.FromHours(2));
            await s.ShowAsync("/self-service/registration/flows?id=" + flow.Id);
        }),
    ];

    private static IEnumerable<Scenario> Rejections =>
    [
        new("registration/missing-trait", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("password", Password))),
        new("registration/invalid-trait", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", "nobody"), ("password", Password))),
        new("registration/missing-password", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", Email))),
        new("registration/short-password", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", Email), ("password", "short"))),
        new("registration/common-password", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", Email), ("password", "password123"))),
        new("registration/similar-password", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", Email), ("password", Email))),
        new("registration/duplicate", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("registration", Right);
        }),
        new("registration/duplicate-with-hints", async s =>
        {
            await s.RegisterSomebodyAsync();
            await s.ShowSubmissionAsync("registration", Right);
        })
        { Settings = [("Flows:Registration:LoginHints", "true")] },
        new("registration/missing-method", s => s.ShowSubmissionAsync("registration", ("traits.email", Email), ("password", Password))),
        new("registration/unknown-method", s => s.ShowSubmissionAsync("registration", ("method", "pigeon"), ("traits.email", Email))),
        new("registration/password-disabled", s => s.ShowSubmissionAsync("registration", Right)) { Settings = [("Methods:Password:Enabled", "false")] },
        new("registration/returned", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.ShowAsync("/self-service/registration?flow=" + flow.Id);
        }),
        new("registration/disabled", s => s.ShowBodyAsync("/self-service/registration?flow=" + Guid.Empty, "", "{}")) { Settings = [Disabled] },
        new("registration/unknown-flow", s => s.ShowBodyAsync("/self-service/registration?flow=" + Guid.Empty, "", "{}")),
        new("registration/wrong-csrf-token", s => s.ShowSubmissionAsync("registration", [("csrf_token", "x"), .. Right])) { Agents = [Agent.Html, Agent.Ajax] },
        new("registration/expired", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            s.Host.Clock.Advance(TimeSpan.FromHours(2));
            await s.ShowSubmissionAsync("registration", flow, Right);
        }),
        new("registration/closed", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.CloseAsync("registration", flow, Right);
            await s.ShowSubmissionAsync("registration", flow, Right);
        }),
        new("registration/signed-in", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.RegisterSomebodyAsync();
            await s.Client.LogInAsync(Email, Password);
            await s.ShowSubmissionAsync("registration", flow, Right);
        }),
    ];

    private static IEnumerable<Scenario> Completions =>
    [
        new("registration/completed", s => s.ShowSubmissionAsync("registration", Right)),
        new("registration/completed-without-session", s => s.ShowSubmissionAsync("registration", Right)) { Settings = [("Flows:Registration:After:Hooks", "")] },
        new("registration/completed-with-return-to", async s =>
        {
            var flow = await s.Client.BeginAsync("registration", "?return_to=" + Uri.EscapeDataString(PublicUrl + "/members"));
            await s.ShowSubmissionAsync("registration", flow, Right);
        }),
    ];

    private static IEnumerable<Scenario> Steps =>
    [
        new("registration/step-profile", s => s.ShowSubmissionAsync("registration", Profile)) { Settings = [TwoSteps] },
        new("registration/step-invalid-trait", s => s.ShowSubmissionAsync("registration", ("method", "profile"), ("traits.email", "nobody"))) { Settings = [TwoSteps] },
        new("registration/step-back", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.SubmitAsync("registration", flow, Profile);
            await s.ShowSubmissionAsync("registration", flow, ("method", "profile"), ("screen", "previous"), ("traits.email", Email));
        })
        { Settings = [TwoSteps] },
        new("registration/step-short-password", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.SubmitAsync("registration", flow, Profile);
            await s.ShowSubmissionAsync("registration", flow, ("method", "password"), ("traits.email", Email), ("password", "short"));
        })
        { Settings = [TwoSteps] },
        new("registration/step-completed", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            await s.SubmitAsync("registration", flow, Profile);
            await s.ShowSubmissionAsync("registration", flow, Right);
        })
        { Settings = [TwoSteps] },
    ];
}
