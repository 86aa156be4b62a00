using System.Net;
using System.Text;
using System.Text.Json;
using Selfservice.Identities;
using static Selfservice.Hosting.Tests.Social.SocialHost;

namespace Selfservice.Hosting.Tests.Social;

/// <summary>Adding a way in to an account, and taking one away: whoever can do that to another's account has it, or locks its owner out.</summary>
public sealed class SettingsLinkTests
{
    private SocialHost _social = null!;

    [TearDown]
    public async Task StopAsync() => await _social.DisposeAsync();

    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    public async Task Link_ByItsOwner_IsMadeAndSignsIn(Agent agent)
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedUpAsync(agent: agent);
        await LinkAsync(owner);
        (await _social.LinkedAsync(owner)).ShouldBe(["local:somebody"]);

        using var later = _social.NewClient(agent);
        await _social.SignInAsAsync(later, "somebody", "changed@example.org");
        (await later.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetString().ShouldBe((await owner.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetString());
    }

    [Test]
    public async Task Link_ThatProlongsTheSession_TellsTheBrowserItsEnd()
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedUpAsync();
        _social.Clock.Advance(TimeSpan.FromMinutes(5));

        await LinkAsync(owner);

        var seen = await owner.WhoamiAsync();
        seen.Json.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(_social.Clock.GetUtcNow().AddDays(1));
        // A browser that knows the end is not told again.
        seen.SetCookies.ShouldBeEmpty();
    }

    // An attacker starts a link, signs in at the provider with their own account there, and has the victim's browser finish it: they could sign in as the victim from then on.
    // Or they have a victim's account at the provider linked to their own account here.
    [TestCase("nobody", HttpStatusCode.Unauthorized)]
    [TestCase("somebody else", HttpStatusCode.Forbidden)]
    [TestCase("the same person in another browser", HttpStatusCode.BadRequest)]
    [Property("Checklist", "10.1.2")]
    public async Task Link_FinishedBy_IsRefused(string by, HttpStatusCode status)
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedUpAsync();
        var callback = _social.Local.Agree(await LeaveAsync(owner, "settings"));
        using var other = by == "somebody else" ? await _social.SignedUpAsync("grace@example.org") : _social.NewClient(Agent.Ajax);
        if (by == "the same person in another browser")
            await other.LogInAsync(Email, Password);
        else
            other.Cookies[owner.Cookies.Keys.Single(IsContinuity)] = owner.Cookies.Single(c => IsContinuity(c.Key)).Value;

        var answer = await ReturnAsync(other, callback);

        answer.Status.ShouldBe(status, answer.Body);
        (await _social.LinkedAsync(owner)).ShouldBeEmpty();
        if (by != "nobody")
            (await _social.LinkedAsync(other)).ShouldBeEmpty();
        _social.Local.Count("/token").ShouldBe(0);
    }

    [Test]
    [Property("Checklist", "7.5.1")]
    public async Task Link_WhoseSessionBecameOldMeanwhile_AsksForProofAndKeepsTheCode()
    {
        _social = await SocialHost.StartAsync(("Flows:Settings:PrivilegedSessionMaxAge", "5m"));
        using var owner = await _social.SignedUpAsync();
        var flow = await owner.BeginAsync("settings");
        var callback = _social.Local.Agree(await LeaveAsync(owner, flow, "settings"));
        _social.Clock.Advance(TimeSpan.FromMinutes(6));

        var answer = await ReturnAsync(owner, callback);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        answer.Body.ShouldContain("session_refresh_required");
        // Where it is asked to come back to must not hold what came from the provider.
        answer.Body.ShouldNotContain(Parameter(callback, "code"));
        answer.Body.ShouldNotContain(Parameter(callback, "state"));
        _social.Local.Count("/token").ShouldBe(0);
        (await _social.LinkedAsync(owner)).ShouldBeEmpty();
    }

    [TestCase("link", "other")]
    [TestCase("unlink", "local")]
    [Property("Checklist", "7.5.1")]
    public async Task Change_WithAnOldSession_AsksForProof(string field, string provider)
    {
        _social = await SocialHost.StartAsync(("Flows:Settings:PrivilegedSessionMaxAge", "5m"));
        using var owner = await _social.SignedUpAsync();
        await LinkAsync(owner);
        _social.Clock.Advance(TimeSpan.FromMinutes(6));

        var answer = await ChangeAsync(owner, field, provider);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        answer.Body.ShouldContain("session_refresh_required");
        (await _social.LinkedAsync(owner)).ShouldBe(["local:somebody"]);
    }

    [Test]
    [Property("Checklist", "6.8.1")]
    public async Task Link_OfASubjectThatAnotherHas_IsRefused()
    {
        _social = await SocialHost.StartAsync();
        using var first = await _social.SignedInAsync();
        using var second = await _social.SignedUpAsync("grace@example.org");

        var answer = await LinkAsync(second);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("4000007");
        (await _social.LinkedAsync(second)).ShouldBeEmpty();
        (await _social.LinkedAsync(first)).ShouldBe(["local:somebody"]);
    }

    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Link_OfOneSubjectByTwoAtOnce_IsMadeOnce()
    {
        _social = await SocialHost.StartAsync();
        var owners = new[] { await _social.SignedUpAsync(), await _social.SignedUpAsync("grace@example.org") };
        var callbacks = new[] { _social.Local.Agree(await LeaveAsync(owners[0], "settings"), Person("somebody", Email)), _social.Local.Agree(await LeaveAsync(owners[1], "settings"), Person("somebody", Email)) };

        var answers = await Task.WhenAll(ReturnAsync(owners[0], callbacks[0]), ReturnAsync(owners[1], callbacks[1]));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1, string.Join('\n', answers.Select(a => a.Body)));
        (await _social.LinkedAsync(owners[0])).Concat(await _social.LinkedAsync(owners[1])).ShouldBe(["local:somebody"]);
        foreach (var owner in owners)
            owner.Dispose();
    }

    [TestCase("local", "can not link unknown or already existing")]
    [TestCase("nobody", "can not link unknown or already existing")]
    public async Task Link_OfAProviderThatIsLinkedOrUnknown_IsRefused(string provider, string reason)
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedUpAsync();
        await LinkAsync(owner);

        var answer = await ChangeAsync(owner, "link", provider);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain(reason);
    }

    [TestCase(Agent.Html)]
    [TestCase(Agent.Ajax)]
    public async Task Unlink_WithAnotherWayIn_TakesItAway(Agent agent)
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedUpAsync(agent: agent);
        await LinkAsync(owner);

        ((int)(await ChangeAsync(owner, "unlink", "local")).Status).ShouldBe(agent == Agent.Html ? 303 : 200);

        (await _social.LinkedAsync(owner)).ShouldBeEmpty();
    }

    // Whoever unlinks the only way that works is locked out for good. A method that is off and a provider that is gone are no ways in.
    [TestCase("only way", "")]
    [TestCase("password off", "Methods:Password:Enabled=false")]
    [TestCase("other provider off", "Methods:Oidc:Config:Providers:1:Id=renamed")]
    public async Task Unlink_OfTheLastWayInThatWorks_IsRefused(string situation, string setting)
    {
        var settings = setting.Length == 0 ? [] : new[] { (setting.Split('=')[0], (string?)setting.Split('=')[1]) };
        _social = await SocialHost.StartAsync(settings);
        using var owner = await _social.SignedInAsync();
        await AddAsync(owner, situation);

        var answer = await ChangeAsync(owner, "unlink", "local");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("can not unlink OpenID Connect connection because it is the last remaining first factor credential");
        (await _social.LinkedAsync(owner)).ShouldContain("local:somebody");
        (await owner.BeginAsync("settings")).Json.GetRawText().ShouldNotContain("\"unlink\"");
        var id = (await owner.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetString();
        using var admin = _social.NewClient(Agent.Native);
        (await admin.SendAsync(HttpMethod.Delete, $"/admin/identities/{id}/credentials/oidc?identifier=local:somebody", null)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Unlink_OfBothAtOnce_LeavesOne()
    {
        _social = await SocialHost.StartAsync();
        using var owner = await _social.SignedInAsync();
        await ReturnAsync(owner, _social.Other.Agree(await LeaveAsync(owner, "settings", "other"), Person("elsewhere", Email)));
        (await _social.LinkedAsync(owner)).Length.ShouldBe(2);

        await Task.WhenAll(ChangeAsync(owner, "unlink", "local"), ChangeAsync(owner, "unlink", "other"));

        (await _social.LinkedAsync(owner)).Length.ShouldBe(1);
    }

    private static bool IsContinuity(string cookie) => cookie.Contains("continuity", StringComparison.Ordinal);

    private async Task<Answer> LinkAsync(Client client) => await ReturnAsync(client, _social.Local.Agree(await LeaveAsync(client, "settings"), Person("somebody", Email)));

    private static async Task<Answer> ChangeAsync(Client client, string field, string provider)
    {
        var flow = await client.BeginAsync("settings");
        return await client.SubmitAsync("settings", flow, ("method", "oidc"), (field, provider), ("csrf_token", flow.CsrfToken));
    }

    /// <summary>Gives somebody what looks like another way in.</summary>
    private async Task AddAsync(Client owner, string situation)
    {
        var id = (await owner.WhoamiAsync()).Json.GetProperty("identity").GetProperty("id").GetGuid();
        await _social.Store.WriteAsync(
            async (scope, token) =>
            {
                var identity = (await scope.Identities.FindAsync(id, withCredentials: true, token))!;
                var (own, others) = (identity.Credential(new("oidc"))!, identity.Credentials.Where(c => c.Type.Name != "oidc"));
                identity = situation switch
                {
                    "password off" => identity with { Credentials = [.. identity.Credentials, PasswordCredential()] },
                    "other provider off" => identity with { Credentials = [.. others, own with { Identifiers = [.. own.Identifiers, "other:elsewhere"], Config = WithOther(own.Config) }] },
                    _ => identity,
                };
                return await scope.Identities.UpdateAsync(identity, identity.UpdatedAt, token);
            },
            CancellationToken.None);
    }

    private static Credential PasswordCredential() =>
        new() { Type = new("password"), Identifiers = [Email], Config = JsonSerializer.SerializeToElement(new { hashed_password = "$2a$10$" + new string('a', 53) }) };

    private static JsonElement WithOther(JsonElement config)
    {
        var text = new StringBuilder(config.GetRawText());
        text.Replace("[", """[{"provider":"other","subject":"elsewhere"},""");
        return JsonElement.Parse(text.ToString());
    }
}
