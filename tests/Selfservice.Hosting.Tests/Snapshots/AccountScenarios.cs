using Microsoft.Extensions.DependencyInjection;
using Selfservice.Storage;
using Selfservice.Testing.Courier;
using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>Changing an account, getting back into it, and proving its addresses.</summary>
internal static class AccountScenarios
{
    private const string WrongCode = "000000";
    private const string NewPassword = "quarry-lantern-88-tulip";
    private static readonly (string, string?)[] Open = [("Flows:Recovery:Enabled", "true"), ("Flows:Verification:Enabled", "true")];

    public static IEnumerable<Scenario> All => Settings.Concat(Recovery).Concat(Verification).Concat(Administration).Select(s => s with { Settings = [.. Open, .. s.Settings] });

    private static IEnumerable<Scenario> Settings =>
    [
        new("settings/created", SignedIn(s => s.ShowBeginningAsync("settings"))),
        new("settings/created-without-session", s => s.ShowBeginningAsync("settings")),
        new("settings/profile-saved", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "profile"), ("traits.email", Email), ("traits.name", "Ada")))),
        new("settings/profile-invalid", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "profile"), ("traits.email", "nobody")))),
        new("settings/address-waits", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "profile"), ("traits.email", "grace@example.org")))),
        new("settings/password-saved", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "password"), ("password", NewPassword)))),
        new("settings/password-weak", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "password"), ("password", "password")))),
        new("settings/password-same", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "password"), ("password", Password)))),
        new("settings/proof-needed", SignedIn(async s =>
        {
            var flow = await s.Client.BeginAsync("settings");
            s.Host.Clock.Advance(TimeSpan.FromMinutes(16));
            await s.ShowSubmissionAsync("settings", flow, ("method", "password"), ("password", NewPassword));
        })),
        new("settings/method-unknown", SignedIn(s => s.ShowSubmissionAsync("settings", ("method", "magic")))),
        new("settings/returned", SignedIn(async s => await s.ShowAsync("/self-service/settings?flow=" + (await s.Client.BeginAsync("settings")).Id))),
        new("settings/expired", SignedIn(async s =>
        {
            var flow = await s.Client.BeginAsync("settings");
            s.Host.Clock.Advance(TimeSpan.FromMinutes(61));
            await s.ShowAsync($"/self-service/settings/flows?id={flow.Id}");
            await s.ShowSubmissionAsync("settings", flow, ("method", "profile"), ("traits.email", Email));
        })),
        new("settings/at-old-address", SignedIn(async s => await s.ShowAsync("/self-service/settings/browser/flows?id=" + (await s.Client.BeginAsync("settings")).Id))),
    ];

    private static IEnumerable<Scenario> Recovery =>
    [
        new("recovery/created", s => s.ShowBeginningAsync("recovery")),
        new("recovery/disabled", s => s.ShowBeginningAsync("recovery")) { Settings = [("Flows:Recovery:Enabled", "false")] },
        new("recovery/sent", Known(s => s.ShowSubmissionAsync("recovery", ("method", "code"), ("email", Email)))),
        new("recovery/sent-to-nobody", s => s.ShowSubmissionAsync("recovery", ("method", "code"), ("email", Email))),
        new("recovery/address-missing", s => s.ShowSubmissionAsync("recovery", ("method", "code"))),
        new("recovery/code-wrong", Sent("recovery", (s, flow) => s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("code", WrongCode)))),
        new("recovery/completed", Sent("recovery", async (s, flow) => await s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("code", await CodeAsync(s))))),
        new("recovery/too-often", Sent("recovery", async (s, flow) =>
        {
            for (var i = 0; i < 5; i++)
                await s.SubmitAsync("recovery", flow, ("method", "code"), ("code", WrongCode));
            await s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("code", await CodeAsync(s)));
        })),
        new("recovery/expired", Sent("recovery", async (s, flow) =>
        {
            s.Host.Clock.Advance(TimeSpan.FromMinutes(61));
            await s.ShowAsync($"/self-service/recovery/flows?id={flow.Id}");
            await s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("code", WrongCode));
        })),
        new("recovery/at-old-address", async s => await s.ShowAsync("/self-service/recovery/browser/flows?id=" + (await s.Client.BeginAsync("recovery")).Id)),
        new("recovery/link-sent", Known(s => s.ShowSubmissionAsync("recovery", ("method", "link"), ("email", Email)))) { Settings = Links },
        new("recovery/link-opened", Known(async s =>
        {
            var flow = await s.Client.BeginAsync("recovery");
            s.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            await s.SubmitAsync("recovery", flow, ("method", "link"), ("email", Email));
            await s.ShowAsync(PathOf(await Messages(s).LastLinkForAsync(Email)));
        })) { Settings = Links },
        new("recovery/address-choice", Known(s => s.ShowSubmissionAsync("recovery", ("method", "code"), ("recovery_address", Email)))) { Settings = [("FeatureFlags:ChooseRecoveryAddress", "true")] },
    ];

    private static IEnumerable<Scenario> Verification =>
    [
        new("verification/created", s => s.ShowBeginningAsync("verification")),
        new("verification/sent", Known(s => s.ShowSubmissionAsync("verification", ("method", "code"), ("email", Email)))),
        new("verification/sent-to-nobody", s => s.ShowSubmissionAsync("verification", ("method", "code"), ("email", Email))),
        new("verification/code-wrong", Sent("verification", (s, flow) => s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", WrongCode)))),
        new("verification/completed", Sent("verification", async (s, flow) => await s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", await CodeAsync(s))))),
        new("verification/closed", Sent("verification", async (s, flow) =>
        {
            var code = await CodeAsync(s);
            await s.SubmitAsync("verification", flow, ("method", "code"), ("code", code));
            await s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", code));
        })),
        new("verification/link-opened", Sent("verification", async (s, _) => await s.ShowAsync(PathOf(await Messages(s).LastLinkForAsync(Email))))),
        new("verification/expired", Sent("verification", async (s, flow) =>
        {
            s.Host.Clock.Advance(TimeSpan.FromMinutes(61));
            await s.ShowAsync($"/self-service/verification/flows?id={flow.Id}");
            await s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", WrongCode));
        })),
        new("verification/at-old-address", async s => await s.ShowAsync("/self-service/verification/browser/flows?id=" + (await s.Client.BeginAsync("verification")).Id)),
        new("verification/by-registration", s => s.ShowSubmissionAsync("registration", ("method", "password"), ("traits.email", Email), ("password", Password)))
        {
            Settings = [("Flows:Registration:After:Hooks:0:Hook", "session"), ("Flows:Registration:After:Hooks:1:Hook", "show_verification_ui")],
        },
    ];

    private static IEnumerable<Scenario> Administration =>
        from scenario in new Scenario[]
        {
            new("admin/recovery-code", async s => await s.ShowAsync(HttpMethod.Post, "/admin/recovery/code", $$"""{"identity_id":"{{await IdAsync(s)}}"}""")),
            new("admin/recovery-link", async s => await s.ShowAsync(HttpMethod.Post, "/admin/recovery/link", $$"""{"identity_id":"{{await IdAsync(s)}}","expires_in":"30m"}""")) { Settings = Links },
            new("admin/recovery-link-disabled", async s => await s.ShowAsync(HttpMethod.Post, "/admin/recovery/link", $$"""{"identity_id":"{{await IdAsync(s)}}"}""")),
            new("admin/messages", Known(async s =>
            {
                await SentAsync(s);
                await s.ShowAsync("/admin/courier/messages");
            })),
            new("admin/message", Known(async s => await s.ShowAsync($"/admin/courier/messages/{await SentAsync(s)}"))),
        }
        select scenario with { Agents = [Agent.Native] };

    private static (string, string?)[] Links => [("Methods:Link:Enabled", "true"), ("Flows:Recovery:Use", "link")];

    private static Func<Stage, Task> SignedIn(Func<Stage, Task> play) => async stage =>
    {
        await stage.SignUpAsync();
        await play(stage);
    };

    private static Func<Stage, Task> Known(Func<Stage, Task> play) => async stage =>
    {
        await stage.RegisterSomebodyAsync();
        await play(stage);
    };

    /// <summary>Plays on from a flow whose code was sent.</summary>
    private static Func<Stage, Task> Sent(string kind, Func<Stage, FlowView, Task> play) => Known(async stage =>
    {
        var flow = await stage.Client.BeginAsync(kind);
        // After the message that the registration caused.
        stage.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.SubmitAsync(kind, flow, ("method", "code"), ("email", Email));
        await play(stage, flow);
    });

    private static RecordedMessages Messages(Stage stage) => new(stage.Host.Services.GetRequiredService<IStore>());

    private static Task<string> CodeAsync(Stage stage) => Messages(stage).LastCodeForAsync(Email);

    /// <summary>The message of the registration, once the host's courier has done with it in the background.</summary>
    private static async Task<Guid> SentAsync(Stage stage)
    {
        for (var i = 0; i < 500; i++)
        {
            var message = (await Messages(stage).MessagesToAsync(Email))[0];
            if (message.Status == Courier.CourierMessageStatus.Sent)
                return message.Id;
            await Task.Delay(10);
        }

        throw new TimeoutException("The courier did not send the message.");
    }

    private static string PathOf(string link) => new Uri(link).PathAndQuery;

    private static async Task<Guid> IdAsync(Stage stage)
    {
        await stage.RegisterSomebodyAsync();
        var listed = await stage.Host.Services.GetRequiredService<IStore>().ReadAsync((scope, token) => scope.Identities.ListAsync(new() { Limit = 1 }, token), CancellationToken.None);
        return listed[0].Id;
    }
}
