using System.Net;

namespace Selfservice.Hosting.Tests.Flows;

/// <summary>What the suite does for a method of somebody else's that sends browsers away and takes them back.</summary>
public sealed class ErrandTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    private TestHost _host = null!;
    private Client _browser = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await TestHost.StartAsync("Development", s => s.AddStrategy<ErrandStrategy>());
        _browser = _host.NewClient(Agent.Ajax);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Submission_WhileTheBrowserIsAway_IsKept()
    {
        var ticket = await LeaveAsync("registration", ("traits.email", Email));

        var answer = await ReturnAsync(ticket, "ada");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        (await _browser.WhoamiAsync()).Json.GetProperty("identity").GetProperty("traits").GetProperty("email").GetString().ShouldBe(Email);
    }

    [Test]
    public async Task Submission_WithAFault_IsShownWhenTheBrowserIsBackAndStartsAgain()
    {
        var ticket = await LeaveAsync("registration", ("traits.email", "nobody"));

        var answer = await ReturnAsync(ticket, "ada");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("\"nobody\"");
        var flow = new FlowView(answer.Json);
        (await ReturnAsync(await LeaveAsync("registration", flow, ("traits.email", Email)), "ada")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Login_OfAKnownName_SignsIn()
    {
        await ReturnAsync(await LeaveAsync("registration", ("traits.email", Email)), "ada");
        _browser.Cookies.Clear();

        var answer = await ReturnAsync(await LeaveAsync("login"), "ada");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Json.GetProperty("session").GetProperty("authentication_methods")[0].GetProperty("method").GetString().ShouldBe("errand");
    }

    [Test]
    public async Task Login_OfAnUnknownName_BecomesARegistration()
    {
        // No traits were sent along: the registration asks for them.
        var answer = await ReturnAsync(await LeaveAsync("login"), "ada");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Json.GetProperty("ui").GetProperty("action").GetString()!.ShouldContain("/self-service/registration?");
        answer.Json.GetProperty("active").GetString().ShouldBe("errand");
        var flow = new FlowView(answer.Json);
        (await ReturnAsync(await LeaveAsync("registration", flow, ("traits.email", Email)), "ada")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Registration_OfAKnownName_BecomesALogin()
    {
        await ReturnAsync(await LeaveAsync("registration", ("traits.email", Email)), "ada");
        _browser.Cookies.Clear();

        var answer = await ReturnAsync(await LeaveAsync("registration", ("traits.email", "grace@example.org")), "ada");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Json.TryGetProperty("identity", out _).ShouldBeFalse();
        (await _browser.WhoamiAsync()).Json.GetProperty("identity").GetProperty("traits").GetProperty("email").GetString().ShouldBe(Email);
    }

    [Test]
    public async Task Registration_OfATakenAddress_LinksWhenItsOwnerSignsIn()
    {
        using (var owner = _host.NewClient(Agent.Native))
            await owner.RegisterAsync(Email, Password);

        var answer = await ReturnAsync(await LeaveAsync("registration", ("traits.email", Email)), "ada");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain($"Somebody has {Email} already.");
        var flow = new FlowView(answer.Json);
        (await _browser.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password))).Status.ShouldBe(HttpStatusCode.OK);
        _browser.Cookies.Clear();
        (await ReturnAsync(await LeaveAsync("login"), "ada")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Browser_ThatWasNotSentAway_IsRefusedByTheMethod()
    {
        var ticket = await LeaveAsync("registration", ("traits.email", Email));
        _browser.Cookies.Clear();

        var answer = await ReturnAsync(ticket, "ada");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("This browser was not sent away.");
    }

    [Test]
    public async Task Browser_ThatBringsNothing_IsToldInTheForm()
    {
        var answer = await ReturnAsync(await LeaveAsync("login"), "");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Json.GetProperty("ui").GetProperty("messages")[0].GetProperty("text").GetString().ShouldBe("You came back without a name.");
    }

    [TestCase("errand", "", HttpStatusCode.BadRequest)]
    [TestCase("errand", "?ticket=login.0193a5b0-0000-7000-8000-000000000000&name=ada", HttpStatusCode.NotFound)]
    [TestCase("nobody", "?ticket=a&name=ada", HttpStatusCode.NotFound)]
    public async Task Callback_OfNoFlow_IsRefused(string method, string query, HttpStatusCode status) =>
        (await _browser.GetAsync($"/self-service/methods/{method}/callback{query}")).Status.ShouldBe(status);

    private async Task<string> LeaveAsync(string kind, params (string Name, string Value)[] fields) => await LeaveAsync(kind, await _browser.BeginAsync(kind), fields);

    private async Task<string> LeaveAsync(string kind, FlowView flow, params (string Name, string Value)[] fields)
    {
        var answer = await _browser.SubmitAsync(kind, flow, [("method", "errand"), ("csrf_token", flow.CsrfToken), .. fields]);
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body);
        var location = answer.Json.GetProperty("redirect_browser_to").GetString()!;
        location.ShouldStartWith(ErrandStrategy.Elsewhere);
        return location[ErrandStrategy.Elsewhere.Length..];
    }

    private Task<Answer> ReturnAsync(string ticket, string name) => _browser.GetAsync($"/self-service/methods/errand/callback?ticket={ticket}&name={name}");
}
