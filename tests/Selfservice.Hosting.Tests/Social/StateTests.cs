using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>What a browser brings back, used by another browser, at another time, or in another place. Each test begins with a sign-in that works and changes one thing.</summary>
public sealed class StateTests
{
    private const string Prefix = "Unable to complete OpenID Connect flow";
    private const string OtherStart = Prefix + " because the query state parameter does not match the state parameter from the session cookie.";
    private const string NotSentAway = "The browser does not contain the necessary cookie to resume the session.";

    private SocialHost _social = null!;
    private Client _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _social = await SocialHost.StartAsync();
        _browser = _social.NewClient(Agent.Ajax);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _social.DisposeAsync();
    }

    [TestCase(Agent.Html, "login")]
    [TestCase(Agent.Html, "registration")]
    [TestCase(Agent.Ajax, "login")]
    [TestCase(Agent.Ajax, "registration")]
    [Property("Checklist", "6.8.1")]
    [Property("Checklist", "10.5.2")]
    public async Task Callback_OfTheBrowserThatLeft_SignsInTheSubject(Agent agent, string kind)
    {
        using var browser = _social.NewClient(agent);
        (await _social.SignInAsAsync(browser, "somebody", Email, kind)).Status.ShouldBe(agent == Agent.Html ? HttpStatusCode.SeeOther : HttpStatusCode.OK);
        (await _social.LinkedAsync(browser)).ShouldBe(["local:somebody"]);

        // The same subject at another provider is somebody else, and so is another subject with the same address.
        using var same = _social.NewClient(agent);
        await _social.SignInAsAsync(same, "somebody", "grace@example.org", kind, "other");
        (await _social.LinkedAsync(same)).ShouldBe(["other:somebody"]);
        using var address = _social.NewClient(agent);
        await _social.SignInAsAsync(address, "somebody else", Email, kind);
        (await address.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // Somebody reads the address that the browser came back to, in its history or in a proxy's log, and opens it.
    [TestCase(true)]
    [TestCase(false)]
    [Property("Checklist", "RFC 9700 4.7")]
    public async Task Callback_AfterItSucceeded_DoesNothing(bool keepsCookies)
    {
        var callback = _social.Local.Agree(await LeaveAsync(_browser));
        (await ReturnAsync(_browser, callback)).Status.ShouldBe(HttpStatusCode.OK);
        using var later = _social.NewClient(Agent.Ajax);
        foreach (var (name, value) in _browser.Cookies.Where(c => keepsCookies && !c.Key.Contains("session", StringComparison.Ordinal)))
            later.Cookies[name] = value;

        var answer = await ReturnAsync(later, callback);

        answer.Status.ShouldBe(keepsCookies ? HttpStatusCode.InternalServerError : HttpStatusCode.BadRequest, answer.Body);
        (await later.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _social.Local.Count("/token").ShouldBe(1);
    }

    [Test]
    [Property("Checklist", "RFC 9700 4.7")]
    public async Task Callback_InParallel_IsTakenOnce()
    {
        var callback = _social.Local.Agree(await LeaveAsync(_browser));
        var clients = Enumerable.Range(0, 6).Select(_ => _social.NewClient(Agent.Ajax)).ToArray();
        foreach (var client in clients)
            foreach (var (name, value) in _browser.Cookies)
                client.Cookies[name] = value;

        var answers = await Task.WhenAll(clients.Select(c => ReturnAsync(c, callback)));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        _social.Local.Count("/token").ShouldBe(1);
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
        foreach (var client in clients)
            client.Dispose();
    }

    // Login CSRF: an attacker signs in at the provider, keeps the answer from being used, and has it opened in the victim's browser. What the victim stores then, the attacker has.
    [TestCase("nothing")]
    [TestCase("a flow")]
    [TestCase("a start of its own")]
    [Property("Checklist", "10.1.2")]
    [Property("Checklist", "RFC 9700 4.7")]
    public async Task Callback_WithAnAttackersAnswer_SignsNobodyIn(string victimHas)
    {
        using var victim = _social.NewClient(Agent.Ajax);
        if (victimHas == "a flow")
            await victim.BeginAsync("login");
        if (victimHas == "a start of its own")
            await LeaveAsync(victim);
        var callback = _social.Local.Agree(await LeaveAsync(_browser));

        var answer = await ReturnAsync(victim, callback);

        await ShouldBeRefusedAsync(victim, answer, victimHas == "a start of its own" ? OtherStart : NotSentAway);
        // The attacker's own browser was not robbed of it, either.
        (await ReturnAsync(_browser, callback)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [TestCase(true)]
    [TestCase(false)]
    [Property("Checklist", "RFC 9700 4.7")]
    public async Task Callback_OfAnOlderStart_IsRefused(bool sameFlow)
    {
        var flow = await _browser.BeginAsync("login");
        var older = _social.Local.Agree(await LeaveAsync(_browser, flow));
        var newer = _social.Local.Agree(await LeaveAsync(_browser, sameFlow ? flow : await _browser.BeginAsync("login")));

        await ShouldBeRefusedAsync(_browser, await ReturnAsync(_browser, older), OtherStart);
        (await ReturnAsync(_browser, newer)).Status.ShouldBe(HttpStatusCode.OK);
    }

    // Code injection: somebody stole a code of a victim and puts it into an answer of their own browser.
    [TestCase("local", HttpStatusCode.InternalServerError)]
    [TestCase("other", HttpStatusCode.InternalServerError)]
    [Property("Checklist", "10.2.1")]
    [Property("Checklist", "RFC 9700 4.5")]
    public async Task Callback_WithACodeOfAnotherSignIn_SignsNobodyIn(string stolenFrom, HttpStatusCode status)
    {
        using var victim = _social.NewClient(Agent.Ajax);
        var stolen = _social.Of(stolenFrom).Agree(await LeaveAsync(victim, provider: stolenFrom), Person("victim", Email));
        var own = _social.Local.Agree(await LeaveAsync(_browser), Person("attacker", "mallory@example.org"));

        var answer = await ReturnAsync(_browser, With(own, "code", Parameter(stolen, "code")));

        await ShouldBeRefusedAsync(_browser, answer, "did not exchange the authorization code", status);
        (await _social.CountIdentitiesAsync()).ShouldBe(0);
    }

    // Even a provider that does not check the proof key cannot be made to sign in somebody else: its ID token names another sign-in.
    [Test]
    [Property("Checklist", "10.5.1")]
    [Property("Checklist", "RFC 9700 4.5")]
    public async Task Callback_WithAnIdTokenOfAnotherSignIn_SignsNobodyIn()
    {
        var callback = _social.Local.Agree(await LeaveAsync(_browser), claims => claims["nonce"] = "of another sign-in");

        await ShouldBeRefusedAsync(_browser, await ReturnAsync(_browser, callback), "was not accepted");
        (await _social.CountIdentitiesAsync()).ShouldBe(0);
    }

    // Mix-up: the answer of the provider that an attacker runs arrives where that of an honest one belongs, or the other way round, and the code goes to the wrong one.
    [TestCase("local", "other")]
    [TestCase("other", "local")]
    [TestCase("local", "LOCAL")]
    [Property("Checklist", "10.2.2")]
    [Property("Checklist", "RFC 9700 4.4")]
    public async Task Callback_AtTheAddressOfAnotherProvider_IsRefusedBeforeACodeIsSent(string provider, string address)
    {
        var callback = _social.Of(provider).Agree(await LeaveAsync(_browser, provider: provider));

        var answer = await ReturnAsync(_browser, callback.Replace($"/callback/{provider}", $"/callback/{address}", StringComparison.Ordinal));

        await ShouldBeRefusedAsync(_browser, answer, Prefix + ": provider mismatch between internal state and URL.");
        (_social.Local.Count("/token"), _social.Other.Count("/token")).ShouldBe((0, 0));
    }

    [TestCase("state", null, Prefix + " because the OpenID Provider did not return the state query parameter.")]
    [TestCase("state", "", Prefix + " because the OpenID Provider did not return the state query parameter.")]
    [TestCase("state", "invented", Prefix + " because the state parameter is invalid.")]
    [TestCase("code", null, Prefix + " because the OpenID Provider did not return the code query parameter.")]
    [TestCase("error", "access_denied", Prefix + " because the OpenID Provider returned error \\\"access_denied\\\": ")]
    [TestCase("iss", "https://attacker.example", "the answer came from another OpenID Provider")]
    public async Task Callback_WithOneParameterChanged_IsRefused(string name, string? value, string reason)
    {
        var callback = _social.Local.Agree(await LeaveAsync(_browser));

        var answer = await ReturnAsync(_browser, With(callback, name, value));

        await ShouldBeRefusedAsync(_browser, new(answer.Status, answer.Body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), answer.Headers, answer.SetCookies), reason);
        _social.Local.Count("/token").ShouldBe(0);
    }

    /// <summary>Two programs on the way may disagree about which of two values counts (RFC 6749, 3.1).</summary>
    [TestCase("state", Prefix + " because the OpenID Provider did not return the state query parameter.")]
    [TestCase("code", Prefix + " because the OpenID Provider did not return the code query parameter.")]
    public async Task Callback_WithAParameterTwice_IsRefused(string name, string reason)
    {
        var callback = _social.Local.Agree(await LeaveAsync(_browser));

        var answer = await ReturnAsync(_browser, QueryHelpers.AddQueryString(callback, name, "another"));

        await ShouldBeRefusedAsync(_browser, answer, reason);
    }

    [TestCase(29, 200, "")]
    [TestCase(31, 400, NotSentAway)]
    [TestCase(61, 410, "self_service_flow_expired")]
    public async Task Callback_AfterATime_IsTakenWithinHalfAnHour(int minutes, int status, string reason)
    {
        var page = await LeaveAsync(_browser);
        _social.Clock.Advance(TimeSpan.FromMinutes(minutes));

        var answer = await ReturnAsync(_browser, _social.Local.Agree(page));

        ((int)answer.Status).ShouldBe(status, answer.Body);
        answer.Body.ShouldContain(reason);
        // Operators learn of each that came to nothing.
        _social.Host.Logs.Text.Contains("failed: login by oidc", StringComparison.Ordinal).ShouldBe(status != 200);
    }

    [Test]
    public async Task Callback_ToAFlowThatWasCompletedMeanwhile_SignsNobodyIn()
    {
        using (await _social.SignedUpAsync())
        {
        }

        var flow = await _browser.BeginAsync("login");
        var callback = _social.Local.Agree(await LeaveAsync(_browser, flow), Person("somebody", "grace@example.org"));
        using var tab = _social.NewClient(Agent.Ajax);
        foreach (var (name, value) in _browser.Cookies)
            tab.Cookies[name] = value;
        (await tab.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password))).Status.ShouldBe(HttpStatusCode.OK);

        var answer = await ReturnAsync(_browser, callback);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        (await _browser.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
    }

    // The connection breaks when the code was redeemed: all is done, the state is used up, and the browser begins anew.
    [Test]
    public async Task Callback_WhoseConnectionBreaks_IsFinishedAndNotRepeated()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        _social.Local.Instead = async context =>
        {
            if (context.Request.Path == "/token" && reached.TrySetResult())
                await released.Task;
            return false;
        };
        var callback = _social.Local.Agree(await LeaveAsync(_browser));
        using var gone = new CancellationTokenSource();
        var sent = _browser.SendAsync(HttpMethod.Get, new Uri(callback).PathAndQuery, null, gone.Token);
        await reached.Task;
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sent);
        released.SetResult();
        await WaitAsync(async () => await _social.CountIdentitiesAsync() == 1);
        (await ReturnAsync(_browser, callback)).Status.ShouldNotBe(HttpStatusCode.OK);
        _social.Local.Count("/token").ShouldBe(1);
        (await _social.SignInAsync(_browser)).Status.ShouldBe(HttpStatusCode.OK);
        (await _social.CountIdentitiesAsync()).ShouldBe(1);
    }

    private static async Task WaitAsync(Func<Task<bool>> isDone)
    {
        for (var i = 0; i < 1000 && !await isDone(); i++)
            await Task.Delay(10);
        (await isDone()).ShouldBeTrue();
    }
}
