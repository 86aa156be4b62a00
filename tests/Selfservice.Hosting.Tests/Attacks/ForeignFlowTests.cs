using System.Net;
using System.Text.Json;
using Selfservice.Flows;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Somebody knows the id of a browser's flow, from a history, a log or a URL that was passed on. It proves nothing: what the browser's owner typed and the token of their forms stay theirs.</summary>
public sealed class ForeignFlowTests
{
    private const string Typed = "ada-typed-this@example.org";

    // Every submission that is answered with the flow, though nobody has looked whose it is.
    [TestCase("x")]
    [TestCase("""{ "method": "nothing" }""")]
    [TestCase("""{ "method": "password", "screen": "previous" }""")]
    [TestCase("""{ "method": "profile", "screen": "previous" }""")]
    [TestCase("{}")]
    [Property("Checklist", "8.2.1")]
    public async Task Flow_OfAnotherBrowser_IsNotShownByItsSubmission(string body)
    {
        await using var host = await StartAsync();
        using var owner = host.NewClient(Agent.Ajax);
        var flow = await owner.BeginAsync("registration");
        (await owner.SendFormAsync("registration", flow, ("method", "password"), ("traits.email", Typed), ("password", "short"))).Body.ShouldContain(Typed);
        var before = (await owner.GetAsync($"/self-service/registration/flows?id={flow.Id}")).Body;

        await TriesAsync(host, flow, "registration", body);

        Unmasked((await owner.GetAsync($"/self-service/registration/flows?id={flow.Id}")).Body).ShouldBe(Unmasked(before), "Strangers change nothing.");
    }

    [Test]
    [Property("Checklist", "8.2.1")]
    public async Task CompletedFlow_OfAnotherBrowser_IsNotShownByItsSubmission()
    {
        await using var host = await StartAsync();
        using var owner = host.NewClient(Agent.Ajax);
        var flow = await owner.BeginAsync("registration");
        (await owner.SendFormAsync("registration", flow, ("method", "password"), ("traits.email", Typed), ("password", Password))).Status.ShouldBe(HttpStatusCode.OK);

        await TriesAsync(host, flow, "registration", """{ "method": "password" }""");
    }

    [TestCase("recovery")]
    [TestCase("verification")]
    [Property("Checklist", "8.2.1")]
    public async Task FlowOfAMail_OfAnotherBrowser_IsNotShownByItsSubmission(string kind)
    {
        await using var host = await StartAsync(Verifying);
        using var owner = host.NewClient(Agent.Ajax);
        var flow = await owner.AskAsync(kind, Typed);

        await TriesAsync(host, flow, kind, "x");
        await TriesAsync(host, flow, kind, """{ "method": "code", "screen": "previous" }""");
    }

    // A stranger who is signed in is told so in the login flow, whoever's it is.
    [Test]
    [Property("Checklist", "8.2.1")]
    public async Task LoginFlow_OfAnotherBrowser_IsNotShownToWhoIsSignedIn()
    {
        await using var host = await StartAsync();
        using var owner = host.NewClient(Agent.Ajax);
        var flow = await owner.BeginAsync("login");
        (await owner.SendFormAsync("login", flow, ("method", "password"), ("identifier", Typed), ("password", Password))).Body.ShouldContain(Typed);
        using var stranger = await host.SignUpAsync(Agent.Ajax, Mallory);

        HidesEverything(flow, await stranger.PostAsync($"/self-service/login?flow={flow.Id}", "{}", "application/json"));
    }

    private static async Task TriesAsync(TestHost host, FlowView flow, string kind, string body)
    {
        using var stranger = host.NewClient(Agent.Ajax);
        HidesEverything(flow, await stranger.PostAsync($"/self-service/{kind}?flow={flow.Id}", body, "application/json"));
        // One with a cookie of their own, too.
        await stranger.BeginAsync(kind);
        HidesEverything(flow, await stranger.PostAsync($"/self-service/{kind}?flow={flow.Id}", body, "application/json"));
    }

    private static void HidesEverything(FlowView flow, Answer answer)
    {
        answer.Body.ShouldNotContain(Typed);
        answer.Status.ShouldNotBe(HttpStatusCode.OK);
        var secret = new byte[CsrfTokens.SecretLength];
        CsrfTokens.TryUnmask(flow.CsrfToken, secret).ShouldBeTrue();
        if (answer.Body.Length > 0 && answer.Json.TryGetProperty("ui", out _))
            CsrfTokens.Matches(new FlowView(answer.Json).CsrfToken, secret).ShouldBeFalse("The token must be the stranger's own.");
    }

    private static string Unmasked(string body)
    {
        using var flow = JsonDocument.Parse(body);
        return body.Replace(new FlowView(flow.RootElement).CsrfToken, "", StringComparison.Ordinal);
    }
}
