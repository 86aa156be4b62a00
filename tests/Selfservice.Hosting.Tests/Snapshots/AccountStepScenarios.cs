using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Hosting.Tests.Attacks;
using Selfservice.Storage;
using Selfservice.Testing.Courier;
using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>The further steps of getting back into an account and of proving addresses, and what is refused on the way.</summary>
internal static class AccountStepScenarios
{
    private const string WrongCode = "000000";
    private const string Second = "grace@example.org";
    private static readonly (string, string?)[] Open = [("Flows:Recovery:Enabled", "true"), ("Flows:Verification:Enabled", "true")];

    public static IEnumerable<Scenario> All => Settings.Concat(Recovery).Concat(Choice).Concat(Verification).Concat(Links).Select(s => s with { Settings = [.. Open, .. s.Settings] });

    private static IEnumerable<Scenario> Settings =>
    [
        new("settings/address-taken", async s =>
        {
            using (var other = s.Host.NewClient(Agent.Native))
                await other.RegisterAsync(Second, Password);
            await s.SignUpAsync();
            await s.ShowSubmissionAsync("settings", ("method", "profile"), ("traits.email", Second));
        }),
        new("settings/of-somebody-else", async s =>
        {
            using var other = s.Host.NewClient(s.Client.Agent);
            await other.RegisterAsync(Second, Password);
            var flow = await other.BeginAsync("settings");
            await s.SignUpAsync();
            await s.ShowAsync($"/self-service/settings/flows?id={flow.Id}");
            await s.ShowSubmissionAsync("settings", flow, ("method", "profile"), ("traits.email", Email));
        }),
        new("settings/password-missing", async s =>
        {
            await s.SignUpAsync();
            await s.ShowSubmissionAsync("settings", ("method", "password"));
        }),
        new("settings/saved-then-refused", async s =>
        {
            await s.SignUpAsync();
            var flow = await s.Client.BeginAsync("settings");
            await s.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Email), ("traits.name", "Ada"));
            await s.ShowSubmissionAsync("settings", flow, ("method", "profile"), ("traits.email", "nobody"));
        }),
    ];

    private static IEnumerable<Scenario> Recovery =>
    [
        new("recovery/method-unknown", s => s.ShowSubmissionAsync("recovery", ("method", "magic"))),
        new("recovery/address-invalid", s => s.ShowSubmissionAsync("recovery", ("method", "code"), ("email", "nobody"))),
        new("recovery/signed-in", async s =>
        {
            await s.SignUpAsync();
            await s.ShowBeginningAsync("recovery");
        }),
        new("recovery/code-used", Sent("recovery", async (s, flow) =>
        {
            var code = await CodeAsync(s);
            await s.CloseAsync("recovery", flow, ("method", "code"), ("code", code));
            await s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("code", code));
        })),
        new("recovery/address-afterwards", Sent("recovery", async (s, flow) =>
        {
            await s.CloseAsync("recovery", flow, ("method", "code"), ("code", await CodeAsync(s)));
            await s.ShowSubmissionAsync("recovery", flow, ("method", "code"), ("email", Email));
        })),
    ];

    /// <summary>With two addresses: one names the account, the other gets the code.</summary>
    private static IEnumerable<Scenario> Choice =>
        from scenario in new Scenario[]
        {
            new("recovery/choice", s => s.ShowSubmissionAsync("recovery", ("method", "code"), ("recovery_address", Email))),
            new("recovery/choice-invalid", async s => await s.ShowSubmissionAsync("recovery", await NamedAsync(s), ("method", "code"), ("recovery_address", Email), ("recovery_select_address", "none"))),
            new("recovery/choice-confirm", async s => await s.ShowSubmissionAsync("recovery", await NamedAsync(s), ("method", "code"), ("recovery_address", Email), ("recovery_select_address", Fingerprint(Second)))),
            new("recovery/choice-sent", async s => await s.ShowSubmissionAsync("recovery", await NamedAsync(s), ("method", "code"), ("recovery_address", Email), ("recovery_select_address", Fingerprint(Email)))),
            new("recovery/choice-back", async s =>
            {
                var flow = await NamedAsync(s);
                await s.SubmitAsync("recovery", flow, ("method", "code"), ("recovery_address", Email), ("recovery_select_address", Fingerprint(Email)));
                await s.ShowSubmissionAsync("recovery", flow, ("screen", "previous"), ("recovery_address", Email));
            }),
        }
        select scenario with { Play = Twice(scenario.Play), Settings = [("FeatureFlags:ChooseRecoveryAddress", "true"), .. TwoAddresses] };

    private static IEnumerable<Scenario> Verification =>
    [
        new("verification/method-unknown", s => s.ShowSubmissionAsync("verification", ("method", "magic"))),
        new("verification/method-of-another-kind", s => s.ShowSubmissionAsync("verification", ("method", "link"), ("email", Email))),
        new("verification/address-missing", s => s.ShowSubmissionAsync("verification", ("method", "code"))),
        new("verification/address-invalid", s => s.ShowSubmissionAsync("verification", ("method", "code"), ("email", "nobody"))),
        new("verification/disabled", s => s.ShowBeginningAsync("verification")) { Settings = [("Flows:Verification:Enabled", "false")] },
        new("verification/code-expired", Sent("verification", async (s, flow) =>
        {
            var code = await CodeAsync(s);
            s.Host.Clock.Advance(TimeSpan.FromMinutes(11));
            await s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", code));
        })),
        new("verification/too-often", Sent("verification", async (s, flow) =>
        {
            for (var i = 0; i < 5; i++)
                await s.SubmitAsync("verification", flow, ("method", "code"), ("code", WrongCode));
            await s.ShowSubmissionAsync("verification", flow, ("method", "code"), ("code", await CodeAsync(s)));
        })),
        new("verification/link-sent", Known(s => s.ShowSubmissionAsync("verification", ("method", "link"), ("email", Email)))) { Settings = LinkSettings },
    ];

    /// <summary>Only browsers open mails' links.</summary>
    private static IEnumerable<Scenario> Links =>
        from kind in new[] { "recovery", "verification" }
        from scenario in new Scenario[]
        {
            new($"{kind}/link-followed", async s => await s.ShowAsync(s.Client.PressAsync(await PageAsync(s, kind)))),
            new($"{kind}/link-used", async s =>
            {
                var page = await PageAsync(s, kind);
                await s.Client.PressAsync(page);
                if (kind == "recovery")
                    s.Client.Cookies.Remove(s.Client.SessionCookieName);
                // After a recovery the browser has another CSRF cookie: the page is opened anew.
                await s.ShowAsync(s.Client.PressAsync((await s.Client.GetAsync(await LinkAsync(s))).Body));
            }),
            new($"{kind}/link-expired", async s =>
            {
                var page = await PageAsync(s, kind);
                s.Host.Clock.Advance(TimeSpan.FromMinutes(31));
                await s.ShowAsync(s.Client.PressAsync(page));
            }),
        }
        select scenario with { Agents = [Agent.Html], Settings = [.. LinkSettings, ("Methods:Link:Config:Lifespan", "30m")] };

    private static (string, string?)[] LinkSettings => [("Methods:Link:Enabled", "true"), ("Flows:Recovery:Use", "link"), ("Flows:Verification:Use", "link")];

    private static (string, string?)[] TwoAddresses =>
    [
        ("Identity:Schemas:0:Id", "default"),
        ("Identity:Schemas:0:Url", "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes("""
            {"$id":"https://example.org/person","type":"object","properties":{"traits":{"type":"object","required":["email"],"properties":{
              "email":{"type":"string","format":"email","ory.sh/kratos":{"credentials":{"password":{"identifier":true}},"recovery":{"via":"email"}}},
              "other":{"type":"string","format":"email","ory.sh/kratos":{"recovery":{"via":"email"}}}}}}}
            """))),
    ];

    private static Func<Stage, Task> Known(Func<Stage, Task> play) => async stage =>
    {
        await stage.RegisterSomebodyAsync();
        await play(stage);
    };

    private static Func<Stage, Task> Twice(Func<Stage, Task> play) => async stage =>
    {
        using (var other = stage.Host.NewClient(Agent.Native))
        {
            var flow = await other.BeginAsync("registration");
            (await other.SubmitAsync("registration", flow, [.. Client.RegistrationOf(flow, Email, Password), ("traits.other", Second)])).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        await play(stage);
    };

    /// <summary>A flow in which the account was named.</summary>
    private static async Task<FlowView> NamedAsync(Stage stage)
    {
        var flow = await stage.Client.BeginAsync("recovery");
        await stage.SubmitAsync("recovery", flow, ("method", "code"), ("recovery_address", Email));
        return flow;
    }

    private static Func<Stage, Task> Sent(string kind, Func<Stage, FlowView, Task> play) => Known(async stage =>
    {
        var flow = await stage.Client.BeginAsync(kind);
        // After the message that the registration caused.
        stage.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.SubmitAsync(kind, flow, ("method", "code"), ("email", Email));
        await play(stage, flow);
    });

    /// <summary>The page of a link that was asked for.</summary>
    private static async Task<string> PageAsync(Stage stage, string kind)
    {
        await stage.RegisterSomebodyAsync();
        var flow = await stage.Client.BeginAsync(kind);
        stage.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.SubmitAsync(kind, flow, ("method", "link"), ("email", Email));
        return (await stage.Client.GetAsync(await LinkAsync(stage))).Body;
    }

    private static async Task<string> LinkAsync(Stage stage) => AccountPlay.PathOf(await Messages(stage).LastLinkForAsync(Email));

    private static Task<string> CodeAsync(Stage stage) => Messages(stage).LastCodeForAsync(Email);

    private static RecordedMessages Messages(Stage stage) => new(stage.Host.Services.GetRequiredService<IStore>());

    private static string Fingerprint(string address) => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(address)));
}
