using System.Net;
using System.Text;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Who may change an account, and what must not be changed.</summary>
public sealed class SettingsAttackTests
{
    /// <summary>A schema whose only identifier may be left out.</summary>
    public static (string Key, string? Value)[] OptionalAddress { get; } =
    [
        ("Identity:Schemas:0:Id", "default"),
        ("Identity:Schemas:0:Url", "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes("""
            {"$id":"https://example.org/person","type":"object","properties":{"traits":{"type":"object","properties":{
              "name":{"type":"string","ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}},
              "email":{"type":"string","format":"email","ory.sh/kratos":{"verification":{"via":"email"},"recovery":{"via":"email"}}}}}}}
            """))),
    ];

    // The attacker is signed in to an account of their own and learns the id of somebody else's flow.
    // Neither its content nor its form may be theirs, with whichever session.
    [TestCase(Agent.Native)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Html)]
    [Property("Checklist", "8.2.1")]
    public async Task Flow_OfAnotherIdentity_IsNeitherShownNorTaken(Agent agent)
    {
        await using var host = await StartAsync();
        using var owner = await host.SignUpAsync(agent, Email);
        var flow = await owner.BeginAsync("settings");
        using var attacker = await host.SignUpAsync(agent, Mallory);
        var before = await host.RowsAsync();

        (await attacker.GetAsync($"/self-service/settings/flows?id={flow.Id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var own = await attacker.BeginAsync("settings");
        var answer = await attacker.SubmitAsync("settings", flow, ("method", "password"), ("password", NewPassword), ("csrf_token", own.CsrfToken));

        if (agent == Agent.Html)
            answer.Location.ShouldContain("/error?id=");
        else
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        (await host.RowsAsync()).ShouldBe(before);
        ((int)(await owner.SendFormAsync("settings", flow, ("method", "password"), ("password", NewPassword))).Status).ShouldBeLessThan(400);
    }

    // Somebody finds a browser that was left signed in an hour ago.
    // What signs in, and where mails go, is changed by nobody who did not prove themselves lately.
    [TestCase("password", "password", NewPassword, false)]
    [TestCase("profile", "traits.email", "thief@example.org", false)]
    [TestCase("profile", "traits.name", "Ada", true)]
    [Property("Checklist", "7.5.1")]
    public async Task Change_WithAnOldSession_IsAskedForAProofWhereItMatters(string method, string field, string value, bool isSaved)
    {
        await using var host = await StartAsync();
        using var thief = await host.SignUpAsync(Agent.Ajax, Email);
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        var flow = await thief.BeginAsync("settings");
        var before = await host.IdentityAsync(Email);
        (string, string)[] traits = method == "profile" && field != "traits.email" ? [("traits.email", Email)] : [];

        var answer = await thief.SendFormAsync("settings", flow, [("method", method), (field, value), .. traits]);

        if (isSaved)
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
            return;
        }

        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
        answer.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("session_refresh_required");
        var after = await host.IdentityAsync(Email);
        after.Traits.GetRawText().ShouldBe(before.Traits.GetRawText());
        after.Credentials.Single().Config.GetRawText().ShouldBe(before.Credentials.Single().Config.GetRawText());
    }

    // The thief of a session proves an account of their own where the owner's change waits for a proof.
    // A change that was kept is made only for its flow's own identity.
    [Test]
    [Property("Checklist", "8.2.1")]
    public async Task KeptChange_AfterAProofOfAnotherAccount_IsNotMade()
    {
        await using var host = await StartAsync();
        await host.EnrollAsync(Mallory);
        using var browser = await host.SignUpAsync(Agent.Html, Email);
        var flow = await browser.BeginAsync("settings");
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        var asked = await browser.SendFormAsync("settings", flow, ("method", "password"), ("password", NewPassword));
        asked.Location.ShouldContain("refresh=true");

        browser.Cookies.Remove(browser.SessionCookieName);
        await browser.LogInAsync(Mallory, Password);
        await browser.GetAsync($"/self-service/settings?flow={flow.Id}");

        using var owner = host.NewClient(Agent.Native);
        foreach (var email in new[] { Email, Mallory })
        {
            (await owner.LogInAsync(email, Password)).Status.ShouldBe(HttpStatusCode.OK, "The old password must still be the password.");
            owner.SessionToken = null;
        }
    }

    // Somebody, or a script in their browser, empties the field that they sign in by.
    // One way in must stay.
    [Test]
    [Property("Checklist", "6.5.6")]
    public async Task Change_ThatTakesTheLastWayIn_IsRefused()
    {
        await using var host = await StartAsync(OptionalAddress);
        using var owner = host.NewClient(Agent.Native);
        var registration = await owner.BeginAsync("registration");
        var registered = await owner.SubmitAsync("registration", registration, ("method", "password"), ("password", Password), ("traits.name", "ada"), ("traits.email", Email));
        owner.SessionToken = registered.Json.GetProperty("session_token").GetString();

        var flow = await owner.BeginAsync("settings");
        var refused = await owner.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Email));
        var saved = await owner.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Email), ("traits.name", "countess"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Body);
        refused.Body.ShouldContain("last way to sign in");
        saved.Status.ShouldBe(HttpStatusCode.OK, saved.Body);
        owner.SessionToken = null;
        (await owner.LogInAsync("countess", Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    // The thief of a session is still signed in when the owner changes the password.
    // Every other session ends with it; the owner's stays.
    [TestCase(null, HttpStatusCode.Unauthorized)]
    [TestCase("false", HttpStatusCode.OK)]
    [Property("Checklist", "7.4.3")]
    public async Task NewPassword_EndsOtherSessions(string? option, HttpStatusCode thiefs)
    {
        await using var host = await StartAsync(option is null ? [] : [("Flows:Settings:RevokeOtherSessions", option)]);
        using var owner = await host.SignUpAsync(Agent.Ajax, Email);
        using var thief = host.NewClient(Agent.Native);
        await thief.LogInAsync(Email, Password);

        var flow = await owner.BeginAsync("settings");
        (await owner.SendFormAsync("settings", flow, ("method", "password"), ("password", NewPassword))).Status.ShouldBe(HttpStatusCode.OK);

        (await thief.WhoamiAsync()).Status.ShouldBe(thiefs);
        (await owner.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    // The thief of a session changes the address to their own, proves it, and goes on with a recovery.
    // The old address counts until the new one is proven, and is told when it no longer does; each of both can be switched off.
    [TestCase("true", "true")]
    [TestCase("true", "false")]
    [TestCase("false", "true")]
    [TestCase("false", "false")]
    [Property("Checklist", "6.3.7")]
    public async Task NewAddress_WaitsForItsProof_AndTheOldOneIsTold(string waits, string tells)
    {
        await using var host = await StartAsync(
            [("Flows:Settings:VerifyAddressChanges", waits), ("Flows:Settings:NotifyPreviousAddresses", tells), .. Verifying]);
        using var owner = await host.SignUpAsync(Agent.Native, Email);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var flow = await owner.BeginAsync("settings");

        var answer = await owner.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", "grace@example.org"));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        if (waits == "true")
        {
            (await host.IdentityAsync(Email)).Traits.GetProperty("email").GetString().ShouldBe(Email);
            var next = answer.Json.GetProperty("continue_with")[0].GetProperty("flow").GetProperty("id").GetString()!;
            (await ToldAsync()).ShouldBe(0);
            await owner.RedeemAsync("verification", await owner.ShowAsync("verification", next), await host.Mails().LastCodeForAsync("grace@example.org"));
        }

        (await host.IdentityAsync("grace@example.org")).Traits.GetProperty("email").GetString().ShouldBe("grace@example.org");
        (await ToldAsync()).ShouldBe(tells == "true" ? 1 : 0);

        async Task<int> ToldAsync() => (await host.Mails().MessagesToAsync(Email)).Count(m => m.Template == Courier.CourierTemplate.VerifiableAddressChanged);
    }

    // The thief's change waits for a proof; meanwhile the owner ends the thief's session.
    // The change ends with it.
    [Test]
    [Property("Checklist", "8.3.1")]
    public async Task WaitingChange_WhoseSessionEnded_IsNotMade()
    {
        await using var host = await StartAsync(Verifying);
        using var owner = await host.SignUpAsync(Agent.Native, Email);
        using var thief = host.NewClient(Agent.Native);
        await thief.LogInAsync(Email, Password);
        var flow = await thief.BeginAsync("settings");
        var answer = await thief.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Mallory));
        var next = answer.Json.GetProperty("continue_with")[0].GetProperty("flow").GetProperty("id").GetString()!;
        (await owner.SendAsync(HttpMethod.Delete, "/sessions", null)).Status.ShouldBe(HttpStatusCode.OK);

        var verification = await thief.ShowAsync("verification", next);
        await thief.RedeemAsync("verification", verification, await host.Mails().LastCodeForAsync(Mallory));

        (await host.IdentityAsync(Email)).Traits.GetProperty("email").GetString().ShouldBe(Email);
    }

    // The thief lets the change to the victim's address wait, and proves the account's present address in that form.
    // A change is made by the proof of its own address alone.
    [TestCase("false")]
    [TestCase("true")]
    [Property("Checklist", "6.3.7")]
    public async Task WaitingChange_IsNotMadeByTheProofOfAnotherAddress(string mitigates)
    {
        await using var host = await StartAsync([("Security:AccountEnumeration:Mitigate", mitigates), .. Verifying]);
        using var thief = await host.SignUpAsync(Agent.Native, Mallory);
        var flow = await thief.BeginAsync("settings");
        var answer = await thief.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Email));
        var next = await thief.ShowAsync("verification", answer.Json.GetProperty("continue_with")[0].GetProperty("flow").GetProperty("id").GetString()!);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await thief.GiveAsync("verification", next, Mallory);
        var redeemed = await thief.RedeemAsync("verification", next, await host.Mails().LastCodeForAsync(Mallory));
        redeemed.Body.ShouldContain("passed_challenge");

        var account = await host.IdentityAsync(Mallory);
        account.Traits.GetProperty("email").GetString().ShouldBe(Mallory);
        account.VerifiableAddresses.ShouldHaveSingleItem().Verified.ShouldBeTrue();
        using var victim = await host.SignUpAsync(Agent.Native, Email);
    }

    // One proof must not let in a second address that somebody else has.
    [Test]
    [Property("Checklist", "6.3.7")]
    public async Task TwoNewAddresses_AtOnce_AreRefused()
    {
        const string schema = """
            {"$id":"https://example.org/person","type":"object","properties":{"traits":{"type":"object","properties":{
              "email":{"type":"string","format":"email","ory.sh/kratos":{"credentials":{"password":{"identifier":true}},"verification":{"via":"email"}}},
              "other":{"type":"string","format":"email","ory.sh/kratos":{"credentials":{"password":{"identifier":true}},"verification":{"via":"email"}}}}}}}
            """;
        await using var host = await StartAsync([("Identity:Schemas:0:Id", "default"), ("Identity:Schemas:0:Url", "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes(schema))), .. Verifying]);
        using var thief = await host.SignUpAsync(Agent.Native, Mallory);
        var flow = await thief.BeginAsync("settings");

        var refused = await thief.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", "mallory@example.net"), ("traits.other", Email));
        var begun = await thief.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", "mallory@example.net"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Body);
        refused.Body.ShouldContain("4050002");
        begun.Status.ShouldBe(HttpStatusCode.OK, begun.Body);
    }

    // Before the thief proves the new address, they use up what the owner's mailbox, and their own network, may get of mails.
    // The notice has a share of its own.
    [Test]
    [Property("Checklist", "6.3.7")]
    public async Task NoticeToTheOldAddress_CannotBeUsedUp()
    {
        await using var host = await StartAsync([("Security:MessageBudget:PerClient", "4"), ("Security:MessageBudget:PerRecipient", "3"), .. Verifying]);
        using var thief = await host.SignUpAsync(Agent.Native, Email);
        var flow = await thief.BeginAsync("settings");
        var answer = await thief.SubmitAsync("settings", flow, ("method", "profile"), ("traits.email", Mallory));
        var next = await thief.ShowAsync("verification", answer.Json.GetProperty("continue_with")[0].GetProperty("flow").GetProperty("id").GetString()!);
        using var flooder = host.NewClient(Agent.Native);
        for (var i = 0; i < 8; i++)
            await flooder.AskAsync("recovery", i % 2 == 0 ? Email : $"nobody{i}@example.org");

        await thief.RedeemAsync("verification", next, await host.Mails().LastCodeForAsync(Mallory));

        (await host.IdentityAsync(Mallory)).Traits.GetProperty("email").GetString().ShouldBe(Mallory);
        (await host.Mails().MessagesToAsync(Email)).Count(m => m.Template == Courier.CourierTemplate.VerifiableAddressChanged).ShouldBe(1);
    }

    // However short the time that a session is trusted for: a proof that was asked for counts for the change that it was asked for, and for no other.
    [TestCase(Agent.Native)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Html)]
    [Property("Checklist", "7.5.1")]
    public async Task Change_WhereEachAsksForAProof_IsMadeAfterIt(Agent agent)
    {
        await using var host = await StartAsync(("Flows:Settings:PrivilegedSessionMaxAge", "0s"));
        using var owner = await host.SignUpAsync(agent, Email);
        var flow = await owner.BeginAsync("settings");
        foreach (var (password, now) in new[] { (NewPassword, Password), ("orchard-velvet-19-comet", NewPassword) })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            await owner.SendFormAsync("settings", flow, ("method", "password"), ("password", password));
            (await SignsInAsync(host, password)).ShouldBeFalse("It waits for the proof.");

            host.Clock.Advance(TimeSpan.FromSeconds(2));
            var refresh = await owner.BeginAsync("login", "?refresh=true");
            await owner.SendFormAsync("login", refresh, ("method", "password"), ("identifier", Email), ("password", now));
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            var answer = agent == Agent.Html
                ? await owner.GetAsync($"/self-service/settings?flow={flow.Id}")
                : await owner.SendFormAsync("settings", await owner.ShowAsync("settings", flow.Id), ("method", "password"), ("password", password));

            ((int)answer.Status).ShouldBeLessThan(400, answer.Body);
            (await SignsInAsync(host, password)).ShouldBeTrue();
            flow = await owner.ShowAsync("settings", flow.Id);
        }
    }

    private static async Task<bool> SignsInAsync(TestHost host, string password)
    {
        using var client = host.NewClient(Agent.Native);
        return (await client.LogInAsync(Email, password)).Status == HttpStatusCode.OK;
    }
}
