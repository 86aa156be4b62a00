using System.Net;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>The two codes by which a native client fetches the session that a browser got for it. Whoever has one of them only, or has them too late, has nothing.</summary>
public sealed class ExchangeCodeTests
{
    private SocialHost _social = null!;

    [SetUp]
    public async Task StartAsync() => _social = await SocialHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _social.DisposeAsync();

    [TestCase("login")]
    [TestCase("registration")]
    public async Task Codes_OfAFlow_BringItsSession(string kind)
    {
        var codes = await FinishAsync(await BeginAsync(kind));

        var answer = await ExchangeAsync(codes);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        using var app = _social.NewClient(Agent.Native);
        app.SessionToken = answer.Json.GetProperty("session_token").GetString();
        (await _social.LinkedAsync(app)).ShouldBe(["local:somebody"]);
    }

    [Test]
    public async Task Browser_OfANativeClientsFlow_GetsNoSession()
    {
        var begun = await BeginAsync();
        using var browser = _social.NewClient(Agent.Html);

        var answer = await ReturnAsync(browser, _social.Local.Agree(begun.Page, Person("somebody", Email)));

        answer.Location.ShouldStartWith(App + "?code=");
        answer.SetCookies.ShouldBeEmpty();
    }

    [TestCase("no browser code")]
    [TestCase("no client code")]
    [TestCase("swapped")]
    [TestCase("client code of another flow")]
    [TestCase("browser code of another flow")]
    [TestCase("client code twice")]
    [Property("Checklist", "RFC 9700 4.7")]
    public async Task Codes_ThatDoNotBelongTogether_BringNothing(string attack)
    {
        var (own, other) = (await FinishAsync(await BeginAsync()), await FinishAsync(await BeginAsync(), "mallory", "mallory@example.org"));
        var tried = attack switch
        {
            "no browser code" => own with { Browser = new string('a', 64) },
            "no client code" => own with { Client = new string('a', 64) },
            "swapped" => new Codes(own.Browser, own.Client),
            "client code of another flow" => own with { Client = other.Client },
            "browser code of another flow" => own with { Browser = other.Browser },
            _ => own with { Browser = own.Client },
        };

        (await ExchangeAsync(tried)).Status.ShouldBe(HttpStatusCode.NotFound);
        // The right ones were not used up by it.
        (await ExchangeAsync(own)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Codes_Again_BringNothing()
    {
        var codes = await FinishAsync(await BeginAsync());
        (await ExchangeAsync(codes)).Status.ShouldBe(HttpStatusCode.OK);

        (await ExchangeAsync(codes)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Codes_InParallel_BringTheSessionOnce()
    {
        var codes = await FinishAsync(await BeginAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ExchangeAsync(codes)));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.NotFound).ShouldBe(5);
    }

    [TestCase(50, HttpStatusCode.OK)]
    [TestCase(61, HttpStatusCode.NotFound)]
    public async Task Codes_AfterATime_WorkAsLongAsTheFlow(int minutes, HttpStatusCode status)
    {
        var codes = await FinishAsync(await BeginAsync());
        _social.Clock.Advance(TimeSpan.FromMinutes(minutes));

        (await ExchangeAsync(codes)).Status.ShouldBe(status);
    }

    [TestCase("ended")]
    [TestCase("switched off")]
    public async Task Codes_OfASessionThatIsOver_BringNothing(string how)
    {
        var codes = await FinishAsync(await BeginAsync());
        using var admin = _social.NewClient(Agent.Native);
        var id = (await admin.GetAsync("/admin/identities")).Json[0].GetProperty("id").GetString();
        if (how == "ended")
            await admin.SendAsync(HttpMethod.Delete, $"/admin/identities/{id}/sessions", null);
        else
            await admin.SendAsync(HttpMethod.Patch, "/admin/identities/" + id, new StringContent("""[{"op":"replace","path":"/state","value":"inactive"}]"""));

        var answer = await ExchangeAsync(codes);

        if (how == "ended")
            answer.Status.ShouldBe(HttpStatusCode.NotFound, answer.Body);
        using var app = _social.NewClient(Agent.Native);
        app.SessionToken = answer.Status == HttpStatusCode.OK ? answer.Json.GetProperty("session_token").GetString() : "ory_st_none";
        (await app.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    [Property("Checklist", "7.1.2")]
    public async Task Codes_WhereALoginEndsOtherSessions_EndThem()
    {
        await _social.DisposeAsync();
        _social = await SocialHost.StartAsync(("Flows:Login:After:Hooks:0:Hook", "revoke_active_sessions"));
        using var earlier = _social.NewClient(Agent.Ajax);
        await _social.SignInAsAsync(earlier, "somebody", Email);
        (await earlier.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);

        (await ExchangeAsync(await FinishAsync(await BeginAsync()))).Status.ShouldBe(HttpStatusCode.OK);

        (await earlier.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Codes_BeforeTheBrowserCameBack_BringNothing()
    {
        var begun = await BeginAsync();

        (await ExchangeAsync(new(begun.Code, new string('a', 64)))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [TestCase("?init_code=a")]
    [TestCase("?return_to_code=a")]
    [TestCase("?init_code=&return_to_code=a")]
    public async Task Codes_Missing_AreAskedFor(string query)
    {
        using var client = _social.NewClient(Agent.Native);

        (await client.GetAsync("/sessions/token-exchange" + query)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    // The browser's code goes where return_to says: to nobody who is not on the list.
    [TestCase("https://evil.example/", false)]
    [TestCase("https://app.example.org.evil.example/", false)]
    [TestCase("https://app.example.org@evil.example/", false)]
    [TestCase("//evil.example/", false)]
    [TestCase("myapp://signed-in", false)]
    [TestCase("https://app.example.org/signed-in", true)]
    [Property("Checklist", "3.7.2")]
    [Property("Checklist", "RFC 9700 4.11")]
    public async Task ReturnTo_OfANativeClient_IsOnTheListOrRefused(string returnTo, bool isAllowed)
    {
        using var client = _social.NewClient(Agent.Native);

        var answer = await client.GetAsync("/self-service/login/api?return_session_token_exchange_code=true&return_to=" + Uri.EscapeDataString(returnTo));

        answer.Status.ShouldBe(isAllowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Body);
    }

    [Test]
    public async Task ReturnTo_OfTheAppItself_GetsTheCodeBesideItsOwnQuery()
    {
        await _social.DisposeAsync();
        _social = await SocialHost.StartAsync(("AllowedReturnUrls:1", "myapp://signed-in"));
        var begun = await BeginAsync(returnTo: "myapp://signed-in?a=b");
        using var browser = _social.NewClient(Agent.Html);

        var answer = await ReturnAsync(browser, _social.Local.Agree(begun.Page, Person("somebody", Email)));

        answer.Location.ShouldStartWith("myapp://signed-in?a=b&code=");
    }

    private async Task<Begun> BeginAsync(string kind = "login", string returnTo = App)
    {
        using var client = _social.NewClient(Agent.Native);
        var flow = await client.BeginAsync(kind, "?return_session_token_exchange_code=true&return_to=" + Uri.EscapeDataString(returnTo));
        return new(await LeaveAsync(client, flow, kind), flow.Json.GetProperty("session_token_exchange_code").GetString()!);
    }

    private async Task<Codes> FinishAsync(Begun begun, string subject = "somebody", string email = Email)
    {
        using var browser = _social.NewClient(Agent.Html);
        var answer = await ReturnAsync(browser, _social.Local.Agree(begun.Page, Person(subject, email)));
        answer.Location.ShouldStartWith(App + "?code=", customMessage: answer.Body);
        return new(begun.Code, Parameter(answer.Location, "code"));
    }

    private async Task<Answer> ExchangeAsync(Codes codes)
    {
        using var client = _social.NewClient(Agent.Native);
        return await client.GetAsync($"/sessions/token-exchange?init_code={codes.Client}&return_to_code={codes.Browser}");
    }

    private sealed record Begun(string Page, string Code);

    private sealed record Codes(string Client, string Browser);
}
