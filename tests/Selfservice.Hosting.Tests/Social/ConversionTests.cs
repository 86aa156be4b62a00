using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Login;
using Selfservice.Registration;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>Sign-ins that become registrations and the other way round: what guards either guards those, too.</summary>
public sealed class ConversionTests
{
    private SocialHost _social = null!;
    private Client _browser = null!;

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _social.DisposeAsync();
    }

    [TestCase("login")]
    [TestCase("registration")]
    public async Task Hooks_OfWhatTheFlowBecomes_RunAlone(string kind)
    {
        await StartAsync();
        var notes = Notes;
        await LeaveAndReturnAsync(kind, "first");
        string[] ofFirst = kind == "login" ? ["begin login", "begin registration"] : ["begin registration"];
        notes.ToArray().ShouldBe([.. ofFirst, "registration {\"note\":\"first\"}"]);

        notes.Clear();
        _browser.Cookies.Clear();
        await LeaveAndReturnAsync(kind, "second");

        string[] ofSecond = kind == "login" ? ["begin login"] : ["begin registration", "begin login"];
        notes.ToArray().ShouldBe([.. ofSecond, "login {\"note\":\"second\"}"]);
    }

    [Test]
    public async Task Hook_ThatRefusesTheBeginning_StopsTheConversion()
    {
        await StartAsync();
        _social.Host.Services.GetRequiredService<Notebook>().Refused = FlowKind.Registration;

        var answer = await LeaveAndReturnAsync("login", "first");

        await ShouldBeRefusedAsync(_browser, answer, "not now");
        (await _social.CountIdentitiesAsync()).ShouldBe(0);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Conversion_WhereRegistrationIsOff_IsRefused(bool addressIsTaken)
    {
        await StartAsync(("Flows:Registration:Enabled", "false"));
        if (addressIsTaken)
        {
            using var admin = _social.NewClient(Agent.Native);
            await admin.PostAsync("/admin/identities", $$"""{"schema_id":"default","traits":{"email":"{{Email}}" } }""", "application/json");
        }

        await ShouldBeRefusedAsync(_browser, await LeaveAndReturnAsync("login", "first"), "Registration is not allowed because it was disabled.");
        (await _social.CountIdentitiesAsync()).ShouldBe(addressIsTaken ? 1 : 0);
    }

    // Whoever is switched off stays out, by whatever door.
    [TestCase("login")]
    [TestCase("registration")]
    public async Task Person_WhoIsSwitchedOff_IsNotSignedIn(string kind)
    {
        await StartAsync();
        using (await _social.SignedInAsync())
        using (var admin = _social.NewClient(Agent.Native))
        {
            var id = (await admin.GetAsync("/admin/identities")).Json[0].GetProperty("id").GetString();
            await admin.SendAsync(HttpMethod.Patch, "/admin/identities/" + id, new StringContent("""[{"op":"replace","path":"/state","value":"inactive"}]"""));
        }

        await ShouldBeRefusedAsync(_browser, await LeaveAndReturnAsync(kind, "first"), "This account was disabled.", HttpStatusCode.Unauthorized);
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
    }

    // Some providers let people write any address into their profile. Only what they vouch for may become one here, or be told to be taken.
    [TestCase("false")]
    [TestCase("null")]
    [TestCase("\"false\"")]
    [TestCase("0")]
    [Property("Checklist", "6.3.8")]
    public async Task Address_ThatIsNotVerified_IsNotTaken(string verified)
    {
        await StartAsync();
        using (await _social.SignedUpAsync())
        {
        }

        var answer = await _social.SignInAsync(_browser, claims: claims =>
        {
            claims["email"] = Email;
            claims["email_verified"] = JsonNode.Parse(verified);
        });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldNotContain(Email);
        answer.Body.ShouldNotContain("1010016");
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
    }

    [Test]
    public async Task Address_ThatIsTyped_IsNotVerifiedByTheProvider()
    {
        await StartAsync();
        var flow = await _browser.BeginAsync("registration");
        var page = await LeaveAsync(_browser, flow, "registration", "local", ("traits.email", "typed@example.org"));

        (await ReturnAsync(_browser, _social.Local.Agree(page, Person("somebody", Email)))).Status.ShouldBe(HttpStatusCode.OK);

        var identity = (await _browser.WhoamiAsync()).Json.GetProperty("identity");
        identity.GetProperty("traits").GetProperty("email").GetString().ShouldBe("typed@example.org");
        identity.TryGetProperty("verifiable_addresses", out var addresses).ShouldBeTrue();
        addresses.EnumerateArray().ShouldAllBe(a => !a.GetProperty("verified").GetBoolean());
    }

    // The same person twice at once: they have one account afterwards.
    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task SignUps_OfOneSubjectAtOnce_MakeOneAccount()
    {
        await StartAsync();
        var clients = Enumerable.Range(0, 4).Select(_ => _social.NewClient(Agent.Ajax)).ToArray();
        var callbacks = new List<string>();
        foreach (var client in clients)
            callbacks.Add(_social.Local.Agree(await LeaveAsync(client), Person("somebody", Email)));

        var answers = await Task.WhenAll(clients.Select((client, i) => ReturnAsync(client, callbacks[i])));
        // Who comes second is told of the address, never of the provider's own name for them.
        answers.ShouldAllBe(answer => !answer.Body.Contains("local:somebody", StringComparison.Ordinal));

        (await _social.CountIdentitiesAsync()).ShouldBe(1);
        foreach (var client in clients)
            client.Dispose();
        (await _social.SignInAsAsync(_browser, "somebody", Email)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private ConcurrentQueue<string> Notes => _social.Host.Services.GetRequiredService<Notebook>().Notes;

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        _social = await SocialHost.StartAsync(
            selfservice =>
            {
                selfservice.Services.AddSingleton<Notebook>();
                selfservice.AddHook<NotingHook>();
            },
            settings);
        _browser = _social.NewClient(Agent.Ajax);
    }

    /// <summary>A sign-in with something sent along for hooks.</summary>
    private async Task<Answer> LeaveAndReturnAsync(string kind, string note)
    {
        var flow = await _browser.BeginAsync(kind);
        var body = new JsonObject { ["method"] = "oidc", ["provider"] = "local", ["csrf_token"] = flow.CsrfToken, ["transient_payload"] = new JsonObject { ["note"] = note } };
        var page = PageOf(await _browser.PostAsync($"/self-service/{kind}?flow={flow.Id}", body.ToJsonString(), "application/json"));
        return await ReturnAsync(_browser, _social.Local.Agree(page, Person("somebody", Email)));
    }

    private sealed class Notebook
    {
        public ConcurrentQueue<string> Notes { get; } = [];

        public FlowKind? Refused { get; set; }
    }

    private sealed class NotingHook(Notebook notebook) : IFlowHook<FlowStart>, IFlowHook<LoginDraft>, IFlowHook<RegistrationDraft>
    {
        public ValueTask<HookVerdict> BeforeCommitAsync(FlowStart draft, CancellationToken cancellationToken)
        {
            notebook.Notes.Enqueue("begin " + draft.Flow.Kind);
            return ValueTask.FromResult(draft.Flow.Kind == notebook.Refused ? new HookVerdict.Refuse(ErrorObject.BadRequest("not now")) : HookVerdict.Continue);
        }

        public ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => Note("login", draft);

        public ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) => Note("registration", draft);

        private ValueTask<HookVerdict> Note(string kind, HookDraft draft)
        {
            notebook.Notes.Enqueue($"{kind} {draft.TransientPayload.ToJsonString()}");
            return ValueTask.FromResult(HookVerdict.Continue);
        }
    }
}
