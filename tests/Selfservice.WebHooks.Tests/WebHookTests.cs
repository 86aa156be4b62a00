using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Storage;
using static Selfservice.WebHooks.Tests.HookHost;

namespace Selfservice.WebHooks.Tests;

/// <summary>Hosts with web hooks, a real receiver, and clients that sign up and in.</summary>
internal sealed class WebHookTests
{
    private const string Parse = """{"Response":{"Parse":true}}""";
    private const string CanInterrupt = """{"CanInterrupt":true}""";
    private const string Objection = """{"messages":[{"instance_ptr":"#/traits/email","messages":[{"id":4290001,"text":"Use your work address.","type":"error","context":{"a":1}}]}]}""";

    private Receiver _receiver = null!;

    [SetUp]
    public async Task Start() => _receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task Stop() => await _receiver.DisposeAsync();

    [Test]
    public async Task Call_TellsWhatTheContractSays()
    {
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook($"{_receiver.Url}/after")]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        var call = _receiver.Calls.ShouldHaveSingleItem();
        call.Method.ShouldBe("POST");
        call.Headers["Content-Type"].ShouldBe("application/json");
        Guid.TryParse(call.Headers["Ory-Webhook-Request-ID"], out _).ShouldBeTrue();
        Guid.TryParse(call.Headers["Ory-Webhook-Trigger-ID"], out _).ShouldBeTrue();
        var context = call.Json;
        context.Select(m => m.Key).Order(StringComparer.Ordinal).ShouldBe(["flow", "identity", "request_cookies", "request_headers", "request_method", "request_url"]);
        context["flow"]!["transient_payload"]!.ToJsonString().ShouldBe("""{"plan":"gold"}""");
        context["flow"]!["state"]!.GetValue<string>().ShouldBe("choose_method");
        context["identity"]!["traits"]!["email"]!.GetValue<string>().ShouldBe("ada@example.org");
        context["identity"]!.AsObject().ContainsKey("credentials").ShouldBeFalse();
        context["request_method"]!.GetValue<string>().ShouldBe("POST");
        context["request_url"]!.GetValue<string>().ShouldContain("/self-service/registration?flow=");
        context["request_headers"]!["Content-Type"]![0]!.GetValue<string>().ShouldStartWith("application/json");
        call.Body.ShouldNotContain(Password);
    }

    [TestCase("""{"Auth":{"Type":"basic_auth","Config":{"User":"kim","Password":"planted-secret-4711"}}}""", "Authorization", "Basic a2ltOnBsYW50ZWQtc2VjcmV0LTQ3MTE=")]
    [TestCase("""{"Auth":{"Type":"api_key","Config":{"Name":"X-Key","Value":"k","In":"header"}}}""", "X-Key", "k")]
    [TestCase("""{"Auth":{"Type":"api_key","Config":{"Name":"key","Value":"k","In":"cookie"}}}""", "Cookie", "key=k")]
    [TestCase("""{"Headers":{"X-Own":"one"}}""", "X-Own", "one")]
    public async Task Call_CarriesHeadersAndProof(string more, string header, string value)
    {
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: more)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        _receiver.Calls.ShouldHaveSingleItem().Headers[header].ShouldBe(value);
    }

    [Test]
    public async Task Form_IsEncoded()
    {
        var hook = Hook(_receiver.Url, "function(ctx) { mail: ctx.identity.traits.email, x: 'a b&c' }", """{"Headers":{"Content-Type":"application/x-www-form-urlencoded"}}""");
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [hook]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        _receiver.Calls.ShouldHaveSingleItem().Body.ShouldBe("mail=ada%40example.org&x=a%20b%26c");
    }

    [Test]
    public async Task Body_ThatCancels_SendsNothingAndCountsAsSuccess()
    {
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, "function(ctx) error 'cancel'")]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        _receiver.Calls.ShouldBeEmpty();
    }

    [TestCase(Parse)]
    [TestCase(CanInterrupt)]
    public async Task Objection_IsShownAtItsNodeAndNothingIsStored(string more)
    {
        _receiver.Answer = _ => new(400, Objection);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: more)]);
        var (status, flow) = await host.SignUpAsync();
        status.ShouldBe(400);
        var node = flow["ui"]!["nodes"]!.AsArray().Single(n => n!["attributes"]!["name"]?.GetValue<string>() == "traits.email")!;
        node["messages"]!.ToJsonString().ShouldBe("""[{"id":4290001,"text":"Use your work address.","type":"error","context":{"a":1}}]""");
        (await host.CountIdentitiesAsync()).ShouldBe(0);

        _receiver.Answer = _ => new(200, "{}");
        var again = new JsonObject { ["method"] = "password", ["password"] = Password, ["traits"] = new JsonObject { ["email"] = "ada@example.org" } };
        (await host.SubmitAsync("registration", again, flow["id"]!.GetValue<string>())).Status.ShouldBe(200);
        (await host.CountIdentitiesAsync()).ShouldBe(1);
    }

    [Test]
    public async Task Change_IsStored()
    {
        _receiver.Answer = _ => new(200, """{"identity":{"traits":{"email":"ada@example.org","name":"Hook"},"metadata_admin":{"by":"hook"},"verifiable_addresses":[{"value":"ada@example.org","via":"email","verified":true}]}}""");
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: Parse)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        var identity = (await host.Services.GetRequiredService<IStore>().ReadAsync((s, t) => s.Identities.FindByIdentifierAsync(new("password"), "ada@example.org", t), CancellationToken.None)).ShouldNotBeNull();
        identity.Traits.GetProperty("name").GetString().ShouldBe("Hook");
        identity.MetadataAdmin!.Value.GetProperty("by").GetString().ShouldBe("hook");
        identity.VerifiableAddresses.ShouldAllBe(a => a.Verified);
    }

    [TestCase("""{"identity":{"traits":{"email":"x"}}}""", 400)]
    [TestCase("""{"identity":{"state":"asleep"}}""", 502)]
    [TestCase("""{"identity":{"schema_id":"unheard-of"}}""", 502)]
    [TestCase("""{"identity":{"verifiable_addresses":[{"value":"eve@example.org","via":"email","verified":true}]}}""", 502)]
    [TestCase("""{"identity":"all of it"}""", 502)]
    [TestCase("", 502)]
    [TestCase("not json", 502)]
    public async Task Change_ThatWouldMakeNoValidIdentity_IsRefused(string answer, int expected)
    {
        _receiver.Answer = _ => new(200, answer);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: Parse)]);
        (await host.SignUpAsync()).Status.ShouldBe(expected);
        (await host.CountIdentitiesAsync()).ShouldBe(0);
    }

    [TestCase(200, "", "{}", 200)]
    [TestCase(201, "not json", "{}", 200)]
    [TestCase(302, "", "{}", 200)]
    [TestCase(400, "", "{}", 502)]
    [TestCase(418, "", "{}", 502)]
    [TestCase(501, "", "{}", 502)]
    [TestCase(201, "not json", Parse, 200)]
    [TestCase(200, """{"identity":null}""", Parse, 200)]
    [TestCase(400, "{}", Parse, 502)]
    [TestCase(400, "not json", CanInterrupt, 502)]
    [TestCase(403, """{"messages":[{"instance_ptr":"#/","messages":[{"text":"No."}]}]}""", CanInterrupt, 400)]
    public async Task Answer_MeansWhatTheContractSays(int status, string body, string more, int expected)
    {
        _receiver.Answer = _ => new(status, body, ("Location", $"{_receiver.Url}/elsewhere"));
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: more)]);
        (await host.SignUpAsync()).Status.ShouldBe(expected);
        // Redirects are followed nowhere.
        _receiver.Calls.ShouldHaveSingleItem();
    }

    [Test]
    public async Task Failure_IsTriedAgainUnderTheSameTriggerId()
    {
        _receiver.Answer = _ => _receiver.Calls.IsEmpty ? new(503, "", ("Retry-After", "0")) : new(200, "{}");
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        _receiver.Calls.Count.ShouldBe(2);
        _receiver.Calls.Select(c => c.Headers["Ory-Webhook-Trigger-ID"]).Distinct().ShouldHaveSingleItem();
        _receiver.Calls.Select(c => c.Headers["Ory-Webhook-Request-ID"]).Distinct().Count().ShouldBe(2);
    }

    [Test]
    public async Task Failure_ThatLasts_EndsAfterThreeAttempts()
    {
        _receiver.Answer = _ => new(429, "", ("Retry-After", "0"));
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: Parse)]);
        (await host.SignUpAsync()).Status.ShouldBe(502);
        _receiver.Calls.Count.ShouldBe(3);
        (await host.CountIdentitiesAsync()).ShouldBe(0);
    }

    [Test]
    public async Task Silence_EndsBeforeTheAnswerDoes()
    {
        var called = new TaskCompletionSource();
        _receiver.Answer = _ =>
        {
            called.TrySetResult();
            return new(null);
        };
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url, more: Parse)]);
        var submission = host.SignUpAsync();
        await called.Task;
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        (await submission).Status.ShouldBe(504);
    }

    [Test]
    public async Task Failure_AfterTheCommit_IsToldThoughAllIsStored()
    {
        _receiver.Answer = _ => new(418);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(_receiver.Url)]);
        (await host.SignUpAsync()).Status.ShouldBe(502);
        (await host.CountIdentitiesAsync()).ShouldBe(1);
    }

    [Test]
    public async Task Login_WhoseHookFails_MakesNoSession()
    {
        await using var host = await StartAsync(f => f.Login.After.Hooks = [Hook(_receiver.Url)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        (await host.SignInAsync()).Status.ShouldBe(200);
        _receiver.Calls.ShouldHaveSingleItem().Json["session"]!["id"]!.GetValue<Guid>().ShouldBe(Guid.Empty);
        _receiver.Answer = _ => new(400, Objection);
        var (status, body) = await host.SignInAsync();
        status.ShouldBe(502);
        body.ContainsKey("session_token").ShouldBeFalse();
    }

    [Test]
    public async Task Person_NeverSeesAddressSecretOrAnswer_AndLogsDoNotEither()
    {
        var hook = Hook($"{_receiver.Url}/{Secret}", more: """{"Response":{"Parse":true},"Auth":{"Type":"basic_auth","Config":{"User":"kim","Password":"planted-secret-4711"}}}""");
        _receiver.Answer = _ => new(418, Secret);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [hook]);
        var (status, body) = await host.SignUpAsync();
        status.ShouldBe(502);
        body.ToJsonString().ShouldNotContain(Secret);
        body.ToJsonString().ShouldNotContain(_receiver.Url);
        host.Logs.Lines.ShouldNotContain(line => line.Contains(Secret, StringComparison.Ordinal));
        host.Logs.Lines.ShouldContain(line => line.Contains("which cannot be used", StringComparison.Ordinal));
    }

    [TestCase("login")]
    [TestCase("registration")]
    public async Task Before_Objection_MakesNoFlow(string kind)
    {
        _receiver.Answer = _ => new(400, Objection);
        await using var host = await StartAsync(f => (f.Login.Before.Hooks, f.Registration.Before.Hooks) = ([Hook(_receiver.Url, more: Parse)], [Hook(_receiver.Url, more: Parse)]));
        var (status, body) = await host.BeginAsync(kind);
        status.ShouldBe(400);
        body["error"]!["reason"]!.GetValue<string>().ShouldBe("Use your work address.");
        var id = _receiver.Calls.ShouldHaveSingleItem().Json["flow"]!["id"]!.GetValue<Guid>();
        (await host.Services.GetRequiredService<IStore>().ReadAsync((s, t) => s.Flows.FindAsync(new FlowKind(kind), id, t), CancellationToken.None)).ShouldBeNull();
    }

    [Test]
    public async Task Before_InCode_RunsForEveryKind()
    {
        await using var host = await StartAsync(
            f => (f.Recovery.Enabled, f.Verification.Enabled) = (false, false),
            configure: b => b.AddHook<NoLogins>());
        (await host.BeginAsync("login")).Status.ShouldBe(403);
        (await host.BeginAsync("registration")).Status.ShouldBe(200);
    }

    private sealed class NoLogins : IFlowHook<FlowStart>
    {
        public ValueTask<HookVerdict> BeforeCommitAsync(FlowStart draft, CancellationToken cancellationToken) =>
            ValueTask.FromResult(draft.Flow.Kind == FlowKind.Login ? new HookVerdict.Refuse(Errors.ErrorObject.Forbidden("Not today.")) : HookVerdict.Continue);
    }
}
