using Selfservice.Strategies.Oidc.Tests;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>Social sign-in: leaving for a provider, coming back with good and bad news, and changing how an account is signed in to.</summary>
internal static class OidcScenarios
{
    private const string Subject = "somebody";
    private static readonly Agent[] Browsers = [Agent.Html, Agent.Ajax];
    private static readonly Agent[] Native = [Agent.Native];
    private static readonly string[] Kinds = ["login", "registration"];

    public static IEnumerable<Scenario> All => Starts.Concat(Ways).Concat(Faults).Concat(Links).Concat(Settings).Concat(Natives).Select(s => s with { Name = "oidc/" + s.Name, IsSocial = true });

    private static IEnumerable<Scenario> Starts =>
    [
        new("login-created", s => s.ShowBeginningAsync("login")),
        new("registration-created", s => s.ShowBeginningAsync("registration")),
        new("login-started", s => ShowStartAsync(s, "login")),
        new("registration-started", s => ShowStartAsync(s, "registration")),
        new("start-unknown-provider", s => ShowStartAsync(s, "login", "nobody")),
        new("start-without-token", s => s.ShowSubmissionAsync("login", ("method", "oidc"), ("provider", "local"), ("csrf_token", ""))) { Agents = Browsers },
        new("start-by-get", async s => await s.ShowAsync($"/self-service/login?flow={(await s.Client.BeginAsync("login")).Id}&method=oidc&provider=local")) { Agents = Browsers },
        new("start-provider-broken", s =>
        {
            s.Social.Local.Document = document => document["issuer"] = "https://elsewhere.example";
            return ShowStartAsync(s, "login");
        }),
        new("disabled", async s =>
        {
            await ShowStartAsync(s, "login");
            await s.ShowAsync("/self-service/methods/oidc/callback/local?state=a&code=b");
            await s.ShowAsync("/self-service/methods/oidc/callback?state=a&code=b");
        })
        { Settings = [("Methods:Oidc:Enabled", "false")] },
        new("form-of-provider", async s =>
        {
            await s.ShowAsync(s.Client.PostAsync("/self-service/methods/oidc/callback/local?b=2", "state=a&code=c", "application/x-www-form-urlencoded"));
            await s.ShowAsync(s.Client.PostAsync("/self-service/methods/oidc/callback", "state=a&code=c", "application/x-www-form-urlencoded"));
        })
        { Agents = Browsers },
    ];

    private static IEnumerable<Scenario> Ways =>
    [
        .. Kinds.Select(kind => new Scenario(kind + "-of-a-new-person", s => ShowWayAsync(s, kind))),
        .. Kinds.Select(kind => new Scenario(kind + "-of-a-known-person", async s =>
        {
            using (await s.Social.SignedInAsync(Subject))
                await ShowWayAsync(s, kind);
        })),
        .. Kinds.Select(kind => new Scenario(kind + "-without-an-address", s => ShowWayAsync(s, kind, claims => claims.Remove("email")))),
        new("registration-without-session", s => ShowWayAsync(s, "registration")) { Settings = [("Flows:Registration:After:Hooks", "")] },
        new("registration-with-an-address-typed", async s =>
        {
            var flow = await s.Client.BeginAsync("registration");
            var page = await LeaveAsync(s.Client, flow, "registration", "local", ("traits.email", "typed@example.org"));
            await ShowReturnAsync(s, s.Social.Local.Agree(page, claims => claims.Remove("email")));
        }),
        new("login-with-return-to", async s =>
        {
            var page = await LeaveAsync(s.Client, await s.Client.BeginAsync("login", "?return_to=" + Uri.EscapeDataString(App)));
            await ShowReturnAsync(s, s.Social.Local.Agree(page, Person(Subject, Email)));
        }),
        new("refresh", async s =>
        {
            await s.Social.SignInAsAsync(s.Client, Subject, Email);
            await s.ShowBeginningAsync("login", "?refresh=true");
            var flow = await s.Client.BeginAsync("login", "?refresh=true");
            await ShowReturnAsync(s, s.Social.Local.Agree(await LeaveAsync(s.Client, flow), Person(Subject, Email)));
        })
        { Agents = Browsers },
    ];

    private static IEnumerable<Scenario> Faults =>
    [
        .. Kinds.Select(kind => new Scenario(kind + "-refused-at-the-provider", s => ShowChangedAsync(s, kind, callback => With(With(callback, "code", null), "error", "access_denied")))),
        .. Kinds.Select(kind => new Scenario(kind + "-without-code", s => ShowChangedAsync(s, kind, callback => With(callback, "code", null)))),
        .. Kinds.Select(kind => new Scenario(kind + "-without-id-token", s =>
        {
            s.Social.Local.Instead = async context =>
            {
                if (context.Request.Path != "/token")
                    return false;
                await LocalProvider.WriteAsync(context, """{"access_token":"a","token_type":"Bearer"}""");
                return true;
            };
            return ShowWayAsync(s, kind);
        })),
        new("registration-disabled", s => ShowWayAsync(s, "login")) { Settings = [("Flows:Registration:Enabled", "false")] },
        new("state-missing", s => ShowChangedAsync(s, "login", callback => With(callback, "state", null))),
        new("state-unknown", s => ShowChangedAsync(s, "login", callback => With(callback, "state", "invented"))),
        new("provider-mismatch", s => ShowChangedAsync(s, "login", callback => callback.Replace("callback/local", "callback/other", StringComparison.Ordinal))),
        new("code-refused", s => ShowChangedAsync(s, "login", callback => With(callback, "code", "invented"))),
        new("older-start", async s =>
        {
            var flow = await s.Client.BeginAsync("login");
            var older = s.Social.Local.Agree(await LeaveAsync(s.Client, flow));
            await LeaveAsync(s.Client, flow);
            await ShowReturnAsync(s, older);
        })
        { Agents = Browsers },
        new("not-sent-away", async s =>
        {
            using var other = s.Host.NewClient(Agent.Ajax);
            await ShowReturnAsync(s, s.Social.Local.Agree(await LeaveAsync(other)));
        }),
        new("expired", async s =>
        {
            var page = await LeaveAsync(s.Client);
            s.Host.Clock.Advance(TimeSpan.FromMinutes(61));
            await ShowReturnAsync(s, s.Social.Local.Agree(page));
        }),
        new("person-inactive", async s =>
        {
            using (var person = await s.Social.SignedInAsync(Subject))
            {
                var id = (await person.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetString();
                using var admin = s.Host.NewClient(Agent.Native);
                await admin.SendAsync(HttpMethod.Patch, "/admin/identities/" + id, new StringContent("""[{"op":"replace","path":"/state","value":"inactive"}]"""));
            }

            await ShowWayAsync(s, "login");
        }),
    ];

    private static IEnumerable<Scenario> Links =>
    [
        .. Kinds.Select(kind => new Scenario(kind + "-of-a-taken-address", Known(s => ShowWayAsync(s, kind)))),
        new("taken-address-with-hints", Known(s => ShowWayAsync(s, "registration"))) { Settings = [("Flows:Registration:LoginHints", "true")] },
        new("taken-address-linked", Known(async s => await s.ShowSubmissionAsync("login", await OfferAsync(s), ("method", "password"), ("identifier", Email), ("password", Stage.Password)))) { Agents = [Agent.Ajax] },
        new("taken-address-wrong-password", Known(async s => await s.ShowSubmissionAsync("login", await OfferAsync(s), ("method", "password"), ("identifier", Email), ("password", "wrong-plover-kettle")))) { Agents = [Agent.Ajax] },
        new("taken-address-wrong-person", Known(async s =>
        {
            using (await s.Social.SignedUpAsync("grace@example.org"))
                await s.ShowSubmissionAsync("login", await OfferAsync(s), ("method", "password"), ("identifier", "grace@example.org"), ("password", Stage.Password));
        }))
        { Agents = [Agent.Ajax] },
    ];

    private static IEnumerable<Scenario> Settings =>
    [
        new("settings-created", SignedUp(s => s.ShowBeginningAsync("settings"))),
        new("settings-started", SignedUp(s => ShowStartAsync(s, "settings"))),
        new("settings-linked", SignedUp(s => ShowWayAsync(s, "settings"))),
        new("settings-refused-at-the-provider", SignedUp(s => ShowChangedAsync(s, "settings", callback => With(With(callback, "code", null), "error", "access_denied")))),
        new("settings-taken", SignedUp(async s =>
        {
            using (await s.Social.SignedInAsync(Subject, "grace@example.org"))
                await ShowWayAsync(s, "settings");
        })),
        new("settings-unknown-provider", SignedUp(s => s.ShowSubmissionAsync("settings", ("method", "oidc"), ("link", "nobody")))),
        new("settings-both", SignedUp(s => s.ShowSubmissionAsync("settings", ("method", "oidc"), ("link", "local"), ("unlink", "other")))),
        new("settings-unlink-of-nothing", SignedUp(s => s.ShowSubmissionAsync("settings", ("method", "oidc"), ("unlink", "local")))),
        new("settings-unlinked", SignedUp(async s =>
        {
            await ReturnAsync(s.Client, s.Social.Local.Agree(await LeaveAsync(s.Client, "settings"), Person(Subject, Email)));
            await s.ShowBeginningAsync("settings");
            await s.ShowSubmissionAsync("settings", ("method", "oidc"), ("unlink", "local"));
        }))
        { Agents = Browsers },
        new("settings-last-way", async s =>
        {
            await s.Social.SignInAsAsync(s.Client, Subject, Email);
            await s.ShowSubmissionAsync("settings", ("method", "oidc"), ("unlink", "local"));
        })
        { Agents = Browsers },
        new("settings-proof-needed", SignedUp(async s =>
        {
            var flow = await s.Client.BeginAsync("settings");
            s.Host.Clock.Advance(TimeSpan.FromMinutes(16));
            await s.ShowSubmissionAsync("settings", flow, ("method", "oidc"), ("link", "local"));
        })),
        new("settings-proof-needed-meanwhile", SignedUp(async s =>
        {
            var page = await LeaveAsync(s.Client, "settings");
            s.Host.Clock.Advance(TimeSpan.FromMinutes(16));
            await ShowReturnAsync(s, s.Social.Local.Agree(page));
        }))
        { Agents = Browsers },
        new("settings-signed-out", SignedUp(async s =>
        {
            var page = await LeaveAsync(s.Client, "settings");
            s.Client.Cookies.Remove(s.Client.SessionCookieName);
            await ShowReturnAsync(s, s.Social.Local.Agree(page));
        }))
        { Agents = Browsers },
        new("settings-of-another", SignedUp(async s =>
        {
            var page = await LeaveAsync(s.Client, "settings");
            using var other = await s.Social.SignedUpAsync("grace@example.org");
            s.Client.Cookies[s.Client.SessionCookieName] = other.Cookies[other.SessionCookieName];
            await ShowReturnAsync(s, s.Social.Local.Agree(page));
        }))
        { Agents = Browsers },
    ];

    private static IEnumerable<Scenario> Natives =>
        from scenario in new Scenario[]
        {
            new("handed-over", async s =>
            {
                var begun = await s.ShowBeginningAsync("login", "?return_session_token_exchange_code=true&return_to=" + Uri.EscapeDataString(App));
                var page = await LeaveAsync(s.Client, new FlowView(begun.Json));
                using var browser = s.Host.NewClient(Agent.Html);
                var back = await ReturnAsync(browser, s.Social.Local.Agree(page, Person(Subject, Email)));
                var (mine, brought) = (begun.Json.GetProperty("session_token_exchange_code").GetString(), Parameter(back.Location, "code"));
                s.Client.Cookies.Clear();
                await s.ShowAsync($"/sessions/token-exchange?init_code={mine}&return_to_code=x");
                await s.ShowAsync($"/sessions/token-exchange?init_code={mine}&return_to_code={brought}");
                await s.ShowAsync($"/sessions/token-exchange?init_code={mine}&return_to_code={brought}");
            }),
            new("id-token", s => ShowIdTokenAsync(s, LocalProvider.Nonce)) { Settings = [AcceptsIdTokens] },
            new("id-token-of-another-sign-in", s => ShowIdTokenAsync(s, "another")) { Settings = [AcceptsIdTokens] },
            new("id-token-refused", s => ShowIdTokenAsync(s, LocalProvider.Nonce)),
            new("credential-deleted", Known(async s =>
            {
                using var owner = s.Host.NewClient(Agent.Ajax);
                await owner.LogInAsync(Email, Stage.Password);
                await ReturnAsync(owner, s.Social.Local.Agree(await LeaveAsync(owner, "settings"), Person(Subject, Email)));
                var id = (await owner.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetString();
                await s.ShowAsync($"/admin/identities/{id}?include_credential=oidc");
                await s.ShowAsync(HttpMethod.Delete, $"/admin/identities/{id}/credentials/oidc");
                await s.ShowAsync(HttpMethod.Delete, $"/admin/identities/{id}/credentials/oidc?identifier=local:{Subject}");
            })),
        }
        select scenario with { Agents = Native };

    private static (string, string?) AcceptsIdTokens => ("Methods:Oidc:Config:Providers:0:AcceptIdTokens", "true");

    private static Func<Stage, Task> SignedUp(Func<Stage, Task> play) => async stage =>
    {
        await stage.SignUpAsync();
        await play(stage);
    };

    private static Func<Stage, Task> Known(Func<Stage, Task> play) => async stage =>
    {
        await stage.RegisterSomebodyAsync();
        await play(stage);
    };

    private static async Task ShowStartAsync(Stage s, string kind, string provider = "local")
    {
        var flow = await s.Client.BeginAsync(kind);
        await s.ShowSubmissionAsync(kind, flow, StartOf(s.Client, flow, kind, provider));
    }

    private static Task<Answer> ShowReturnAsync(Stage s, string callback) => s.ShowAsync(new Uri(callback).PathAndQuery);

    /// <summary>A whole way to the provider and back, of which the end is shown.</summary>
    private static async Task ShowWayAsync(Stage s, string kind, Action<System.Text.Json.Nodes.JsonObject>? claims = null) =>
        await ShowReturnAsync(s, s.Social.Local.Agree(await LeaveAsync(s.Client, kind), Person(Subject, Email) + claims));

    private static async Task ShowChangedAsync(Stage s, string kind, Func<string, string> change) =>
        await ShowReturnAsync(s, change(s.Social.Local.Agree(await LeaveAsync(s.Client, kind))));

    private static async Task ShowIdTokenAsync(Stage s, string nonce) =>
        await s.ShowSubmissionAsync("login", ("method", "oidc"), ("provider", "local"), ("id_token", s.Social.Local.IdToken()), ("id_token_nonce", nonce));

    /// <summary>The flow in which somebody is asked to sign in to the account that has their address.</summary>
    private static async Task<FlowView> OfferAsync(Stage s) => new((await s.Social.SignInAsAsync(s.Client, Subject, Email)).Json);
}
