using System.Net;

namespace Selfservice.Hosting.Tests.Flows;

public sealed class HappyPathTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    public async Task RegisterLogOutLogIn_ByEachAgent_EndsWithASession(Agent agent)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(agent);
        var success = agent == Agent.Html ? HttpStatusCode.SeeOther : HttpStatusCode.OK;

        var registered = await client.RegisterAsync(Email, Password);
        registered.Status.ShouldBe(success, registered.Body);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);

        var out1 = await client.LogOutAsync();
        out1.Status.ShouldBe(agent == Agent.Html ? HttpStatusCode.SeeOther : HttpStatusCode.NoContent, out1.Body);
        (await client.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);

        client.SessionToken = null;
        var loggedIn = await client.LogInAsync(Email, Password);
        loggedIn.Status.ShouldBe(success, loggedIn.Body);
        var who = await client.WhoamiAsync();
        who.Status.ShouldBe(HttpStatusCode.OK);
        who.Json.GetProperty("identity").GetProperty("traits").GetProperty("email").GetString().ShouldBe(Email);
    }

    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    public async Task Submit_OfACompletedLogin_IsRefused(Agent agent)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(agent);
        await client.RegisterAsync(Email, Password);
        await client.LogOutAsync();
        client.SessionToken = null;
        var flow = await client.BeginAsync("login");
        var fields = Client.LoginOf(flow, Email, Password);
        // The reuse comes from a browser that was never signed in: with the session the flow would answer that first.
        var before = new Dictionary<string, string>(client.Cookies);
        (await client.SubmitAsync("login", flow, fields)).Status.ShouldBe(HttpStatusCode.OK);
        client.Cookies.Clear();
        foreach (var (name, value) in before)
            client.Cookies[name] = value;
        var rows = await host.RowsAsync();

        var again = await client.SubmitAsync("login", flow, fields);

        again.Status.ShouldBe(HttpStatusCode.BadRequest, again.Body);
        again.Json.GetProperty("ui").GetProperty("messages")[0].GetProperty("id").GetInt32().ShouldBe(4010007);
        (await host.RowsAsync()).ShouldBe(rows);
    }

    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    public async Task Submit_OfACompletedRegistration_IsRefused(Agent agent)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(agent);
        var flow = await client.BeginAsync("registration");
        var before = new Dictionary<string, string>(client.Cookies);
        (await client.SubmitAsync("registration", flow, Client.RegistrationOf(flow, Email, Password))).Status.ShouldBe(HttpStatusCode.OK);
        client.Cookies.Clear();
        foreach (var (name, value) in before)
            client.Cookies[name] = value;
        var rows = await host.RowsAsync();

        var again = await client.SubmitAsync("registration", flow, Client.RegistrationOf(flow, "other@example.org", Password));

        again.Status.ShouldBe(HttpStatusCode.BadRequest, again.Body);
        again.Json.GetProperty("ui").GetProperty("messages")[0].GetProperty("id").GetInt32().ShouldBe(4010007);
        (await host.RowsAsync()).ShouldBe(rows);
    }

    [Test]
    public async Task Submit_AfterLifespan_AnswersGone()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        var flow = await client.BeginAsync("login");
        host.Clock.Advance(TimeSpan.FromHours(1));

        var late = await client.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password));

        late.Status.ShouldBe(HttpStatusCode.Gone, late.Body);
        late.Json.GetProperty("use_flow_id").GetString().ShouldNotBe(flow.Id);
    }
}
