using System.Text;
using Selfservice.Flows;
using Selfservice.Strategies.Oidc.Tests;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>Where the secrets of a sign-in must not be: in logs, in what clients see of flows, and readable in the database.</summary>
public sealed class SecretsTests
{
    private const string Claim = "planted claim of somebody";

    private SocialHost _social = null!;

    [TearDown]
    public async Task StopAsync() => await _social.DisposeAsync();

    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    [Property("Checklist", "16.2.5")]
    public async Task Logs_OfEverySignInAtTrace_HoldNoSecret(Agent agent)
    {
        _social = await SocialHost.StartAsync(("Methods:Oidc:Config:StoreTokens", "true"), ("Methods:Oidc:Config:Providers:0:AcceptIdTokens", "true"));
        using var client = _social.NewClient(agent);
        var secrets = new List<string> { LocalProvider.ClientSecret, LocalProvider.AccessToken, "planted-refresh-token", "planted-subject", "planted@example.org", Claim };
        foreach (var change in new Func<string, string>[] { c => c, c => With(c, "code", null), c => With(c, "error", Claim), c => With(c, "code", "planted-stolen-code"), c => c.Replace("/local?", "/other?", StringComparison.Ordinal) })
        {
            var page = await LeaveAsync(client);
            var callback = _social.Local.Agree(page, Person("planted-subject", "planted@example.org") + (claims => claims["name"] = Claim));
            secrets.AddRange([Parameter(page, "state"), Parameter(page, "nonce"), Parameter(callback, "code")]);
            await ReturnAsync(client, change(callback));
            secrets.AddRange(client.Cookies.Values.Select(v => v.Split('.')[0]));
            client.Cookies.Clear();
        }

        await client.SubmitAsync("login", await client.BeginAsync("login"), ("method", "oidc"), ("provider", "local"), ("id_token", "planted.id.token"), ("id_token_nonce", "planted-id-nonce"));
        secrets.AddRange(["planted.id.token", "planted-id-nonce", .. _social.Local.Requests.Select(r => r.Form.GetValueOrDefault("code_verifier") ?? "")]);

        _social.Host.Logs.Text.ShouldNotBeEmpty();
        foreach (var secret in secrets.Where(s => s.Length > 0))
            _social.Host.Logs.Text.ShouldNotContain(secret);
    }

    // Who may read a flow, a copy of the database, or the address that a flow began with, must not be able to finish a sign-in with it.
    [TestCase("login", false)]
    [TestCase("registration", false)]
    [TestCase("login", true)]
    [Property("Checklist", "14.2.1")]
    public async Task Flow_OfASignIn_HoldsNoSecret(string kind, bool converts)
    {
        _social = await SocialHost.StartAsync();
        using var client = _social.NewClient(Agent.Ajax);
        var flow = await client.BeginAsync(kind, "?return_to=" + Uri.EscapeDataString(App));
        var page = await LeaveAsync(client, flow, kind);
        var callback = _social.Local.Agree(page, claims => claims.Remove("email"));
        string[] secrets = [Parameter(page, "state"), Parameter(page, "nonce"), Parameter(callback, "code"), LocalProvider.AccessToken, client.Cookies.Single(c => c.Key.Contains("continuity", StringComparison.Ordinal)).Value];
        await ShouldHoldNoneAsync(kind, flow.Id, secrets);

        var answer = await ReturnAsync(client, converts || kind == "registration" ? callback : With(callback, "code", null));

        var verifier = _social.Local.Requests.Select(r => r.Form.GetValueOrDefault("code_verifier")).OfType<string>();
        await ShouldHoldNoneAsync(kind, flow.Id, [.. secrets, .. verifier]);
        var after = new FlowView(answer.Json);
        foreach (var secret in secrets)
            answer.Body.ShouldNotContain(secret);
        after.Json.GetProperty("request_url").GetString().ShouldBe(flow.Json.GetProperty("request_url").GetString());
        await ShouldHoldNoneAsync(converts ? "registration" : kind, after.Id, [.. secrets, .. verifier]);
    }

    [TestCase(false)]
    [TestCase(true)]
    [Property("Checklist", "10.1.1")]
    public async Task Tokens_OfAProvider_AreNotKeptOrSealed(bool areKept)
    {
        _social = await SocialHost.StartAsync(("Methods:Oidc:Config:StoreTokens", areKept ? "true" : "false"));
        using var client = await _social.SignedInAsync();
        var id = (await client.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetGuid();
        var identity = await _social.Store.ReadAsync((scope, token) => scope.Identities.FindAsync(id, withCredentials: true, token), CancellationToken.None);
        var stored = identity!.Credential(new("oidc"))!.Config.GetRawText();
        using var admin = _social.NewClient(Agent.Native);

        var shown = (await admin.GetAsync($"/admin/identities/{id}?include_credential=oidc")).Body;

        stored.ShouldNotContain("planted");
        // The head of each signed token.
        stored.ShouldNotContain("eyJ");
        stored.Contains("\"initial_access_token\":\"\"", StringComparison.Ordinal).ShouldBe(!areKept, stored);
        shown.Contains(LocalProvider.AccessToken, StringComparison.Ordinal).ShouldBe(areKept);
        shown.Contains("planted-refresh-token", StringComparison.Ordinal).ShouldBe(areKept);
        (await admin.GetAsync($"/admin/identities/{id}")).Body.ShouldNotContain("planted");
    }

    private async Task ShouldHoldNoneAsync(string kind, string id, IEnumerable<string> secrets)
    {
        var record = await _social.Store.ReadAsync((scope, token) => scope.Flows.FindAsync(new FlowKind(kind), Guid.Parse(id), token), CancellationToken.None);
        var text = Encoding.UTF8.GetString(record!.Document.Span) + Encoding.UTF8.GetString(record.Context.Span);
        foreach (var secret in secrets)
            text.ShouldNotContain(secret);
    }
}
