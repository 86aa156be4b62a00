using System.Diagnostics;
using System.Net;
using Selfservice.Hosting.Tests.Attacks;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Telemetry;

/// <summary>What operators are told: who looks for a break-in needs to see who came in, by what, and who tried.</summary>
public sealed class SelfserviceEventsTests
{
    [Test]
    [Property("Checklist", "16.3.1")]
    public async Task SignIn_IsTold()
    {
        await using var host = await TestHost.StartAsync();
        using var client = await host.SignUpAsync(Agent.Native, Email);
        client.SessionToken = null;
        using var observed = new ObservedHost(host);
        var flow = await client.BeginAsync("login");

        var session = (await client.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password))).Json.GetProperty("session");

        var (id, owner) = (session.GetProperty("id").GetString()!, session.GetProperty("identity").GetProperty("id").GetString()!);
        host.Logs.Text.ShouldContain($"Flow {flow.Id} succeeded: login of identity {owner} by password, session {id}.");
        observed.Counts.ShouldBe(["selfservice.flows 1 client=api flow=login outcome=initiated", "selfservice.flows 1 client=api flow=login method=password outcome=succeeded"]);
        (await observed.EventsAsync("LoginInitiated", flow.Id)).ShouldHaveSingleItem();
        Attributes((await observed.EventsAsync("LoginSucceeded", flow.Id)).ShouldHaveSingleItem()).ShouldBe(
            $"FlowID={flow.Id} SelfServiceFlowName=login SelfServiceFlowType=api SelfServiceMethodUsed=password IdentityID={owner} SessionID={id} SessionAAL=aal1");
    }

    [TestCase(Email)]
    [TestCase("nobody@example.org")]
    [Property("Checklist", "16.3.1")]
    public async Task SignIn_WithAWrongPassword_IsTold(string email)
    {
        await using var host = await TestHost.StartAsync();
        await host.EnrollAsync(Email);
        using var client = host.NewClient(Agent.Native);
        using var observed = new ObservedHost(host);
        var flow = await client.BeginAsync("login");

        (await client.SubmitAsync("login", flow, Client.LoginOf(flow, email, NewPassword))).Status.ShouldBe(HttpStatusCode.BadRequest);

        // The answer is the same for an address that nobody has, and so is what is told.
        host.Logs.Text.ShouldContain($"A submission of flow {flow.Id} failed: login by password, because of 4000006.");
        observed.Counts.Last().ShouldBe("selfservice.flows 1 client=api flow=login method=password outcome=failed");
        Attributes((await observed.EventsAsync("LoginFailed", flow.Id)).ShouldHaveSingleItem()).ShouldBe(
            $"FlowID={flow.Id} SelfServiceFlowName=login SelfServiceFlowType=api SelfServiceMethodUsed=password ErrorReason=4000006");
    }

    [Test]
    [Property("Checklist", "16.3.1")]
    public async Task SignIn_OfSomebodySwitchedOff_IsTold()
    {
        await using var host = await TestHost.StartAsync();
        await host.EnrollAsync(Email);
        await host.ChangeAsync(Email, i => i with { State = Identities.IdentityState.Inactive });
        using var client = host.NewClient(Agent.Native);
        var flow = await client.BeginAsync("login");

        (await client.SubmitAsync("login", flow, Client.LoginOf(flow, Email, Password))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        host.Logs.Text.ShouldContain($"A submission of flow {flow.Id} failed: login by password, because of 401.");
    }

    // A foreign site makes a browser submit a form: whoever watches the log should see that somebody tries.
    [Test]
    [Property("Checklist", "16.3.3")]
    public async Task SubmissionWithoutTheFormsToken_IsTold()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Ajax);
        using var observed = new ObservedHost(host);
        var flow = await client.BeginAsync("login");

        (await client.SubmitAsync("login", flow, ("method", "password"), ("identifier", Email), ("password", Password), ("csrf_token", "x"))).Status.ShouldBe(HttpStatusCode.Forbidden);

        host.Logs.Text.ShouldContain($"A submission of flow {flow.Id} failed: login by no method, because of security_csrf_violation.");
        observed.Counts.Last().ShouldBe("selfservice.flows 1 client=browser flow=login outcome=failed");
    }

    [Test]
    [Property("Checklist", "16.3.1")]
    public async Task EveryOtherKindOfFlow_IsTold()
    {
        await using var host = await StartAsync(Verifying);
        using var observed = new ObservedHost(host);
        using var client = await host.SignUpAsync(Agent.Native, Email);
        var owner = $"{(await host.IdentityAsync(Email)).Id}";
        (await observed.EventsAsync("RegistrationSucceeded", owner)).ShouldHaveSingleItem();

        var settings = await client.BeginAsync("settings");
        ((int)(await client.SubmitAsync("settings", settings, ("method", "password"), ("password", NewPassword))).Status).ShouldBe(200);
        (await observed.EventsAsync("SettingsSucceeded", owner)).ShouldHaveSingleItem();

        // The mail of the registration is older.
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var verification = await client.AskAsync("verification", Email);
        (await client.RedeemAsync("verification", verification, WrongCode)).Status.ShouldBe(HttpStatusCode.OK);
        (await observed.EventsAsync("VerificationFailed", verification.Id)).ShouldHaveSingleItem();
        (await client.RedeemAsync("verification", verification, await host.Mails().LastCodeForAsync(Email))).Status.ShouldBe(HttpStatusCode.OK);
        (await observed.EventsAsync("VerificationSucceeded", owner)).ShouldHaveSingleItem();

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var other = host.NewClient(Agent.Native);
        var recovery = await other.AskAsync("recovery", Email);
        LetsIn(await other.RedeemAsync("recovery", recovery, await host.Mails().LastCodeForAsync(Email))).ShouldBeTrue();
        (await observed.EventsAsync("RecoverySucceeded", owner)).ShouldHaveSingleItem();
    }

    [Test]
    public async Task WhatAdministratorsDo_IsTold()
    {
        await using var host = await StartAsync();
        using var observed = new ObservedHost(host);
        using var client = host.NewClient(Agent.Native);
        var id = (await client.PostAsync("/admin/identities", $$"""{"schema_id":"default","traits":{"email":"{{Email}}"} }""", "application/json")).Json.GetProperty("id").GetString()!;
        await client.PostAsync("/admin/recovery/code", $$"""{"identity_id":"{{id}}"}""", "application/json");
        await client.SendAsync(HttpMethod.Put, $"/admin/identities/{id}", Json($$"""{"schema_id":"default","state":"inactive","traits":{"email":"{{Email}}"} }"""));
        await client.SendAsync(HttpMethod.Delete, $"/admin/identities/{id}", null);

        foreach (var name in (string[])["IdentityCreated", "RecoveryInitiatedByAdmin", "IdentityUpdated", "IdentityDeleted"])
            (await observed.EventsAsync(name, id)).ShouldHaveSingleItem(name);
        host.Logs.Text.ShouldContain($"Identity {id} was Deleted by an administrator.");
    }

    [Test]
    public async Task EndOfASession_IsTold()
    {
        await using var host = await TestHost.StartAsync();
        using var observed = new ObservedHost(host);
        using var client = await host.SignUpAsync(Agent.Native, Email);
        var first = await IdAsync();
        (await client.SendAsync(HttpMethod.Patch, $"/admin/sessions/{first}/extend", null)).Status.ShouldBe(HttpStatusCode.OK);
        await client.LogOutAsync();
        client.SessionToken = null;
        await client.LogInAsync(Email, Password);
        var second = await IdAsync();
        (await client.SendAsync(HttpMethod.Delete, $"/admin/sessions/{second}", null)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await observed.EventsAsync("SessionLifespanExtended", first)).ShouldHaveSingleItem();
        (await observed.EventsAsync("SessionRevoked", first)).ShouldHaveSingleItem();
        (await observed.EventsAsync("SessionRevoked", second)).ShouldHaveSingleItem();

        async Task<string> IdAsync() => (await client.WhoamiAsync()).Json.GetProperty("id").GetString()!;
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static string Attributes(ActivityEvent happened) => string.Join(' ', happened.Tags.Select(t => $"{t.Key}={t.Value}"));
}
