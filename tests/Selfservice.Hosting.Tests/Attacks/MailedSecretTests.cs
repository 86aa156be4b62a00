using System.Net;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>A code or a link opens one account, in one flow, once.</summary>
public sealed class MailedSecretTests
{
    // Somebody sees a code over the shoulder, or finds a used link in a mailbox, and sends it again.
    // What was used once opens nothing any more.
    [Test]
    [Property("Checklist", "6.5.1")]
    public async Task Code_SentAgain_OpensNothing()
    {
        await using var host = await StartAsync();
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Native);
        var flow = await owner.AskAsync("recovery", Email);
        var code = await host.Mails().LastCodeForAsync(Email);
        LetsIn(await owner.RedeemAsync("recovery", flow, code)).ShouldBeTrue();

        using var thief = host.NewClient(Agent.Native);
        LetsIn(await thief.RedeemAsync("recovery", flow, code)).ShouldBeFalse();
    }

    [Test]
    [Property("Checklist", "6.5.1")]
    public async Task Link_FollowedAgain_OpensNothing()
    {
        await using var host = await StartAsync(Links);
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Html);
        await owner.AskAsync("recovery", Email, "link");
        var link = await host.Mails().LastLinkForAsync(Email);
        LetsIn(await owner.FollowAsync(link)).ShouldBeTrue();

        using var thief = host.NewClient(Agent.Html);
        LetsIn(await thief.FollowAsync(link)).ShouldBeFalse();
    }

    // The attacker sends the same code many times at once, past a check that reads before it writes.
    // A second session would be the attacker's own.
    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Code_SentManyTimesAtOnce_OpensTheAccountOnce()
    {
        await using var host = await StartAsync(("Methods:Code:Config:MaxSubmissions", "255"));
        await host.EnrollAsync(Email);
        using var client = host.NewClient(Agent.Native);
        var flow = await client.AskAsync("recovery", Email);
        var code = await host.Mails().LastCodeForAsync(Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.RedeemAsync("recovery", flow, code)));

        answers.Count(LetsIn).ShouldBe(1);
        (await host.CountSessionsAsync(Email)).ShouldBe(1);
    }

    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Link_FollowedManyTimesAtOnce_OpensTheAccountOnce()
    {
        await using var host = await StartAsync(Links);
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Html);
        await owner.AskAsync("recovery", Email, "link");
        var page = await owner.GetAsync(PathOf(await host.Mails().LastLinkForAsync(Email)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => owner.PressAsync(page.Body)));

        answers.Count(LetsIn).ShouldBe(1);
        (await host.CountSessionsAsync(Email)).ShouldBe(1);
    }

    // The attacker has a code or a link for an account of their own, and sends it in a flow for somebody else's.
    // It works in its own flow only.
    [Test]
    [Property("Checklist", "6.6.2")]
    public async Task Code_OfAnotherAccount_OpensNothing()
    {
        await using var host = await StartAsync();
        await host.EnrollAsync(Email);
        await host.EnrollAsync(Mallory);
        using var attacker = host.NewClient(Agent.Native);
        var own = await attacker.AskAsync("recovery", Mallory);
        var target = await attacker.AskAsync("recovery", Email);
        var code = await host.Mails().LastCodeForAsync(Mallory);

        LetsIn(await attacker.RedeemAsync("recovery", target, code)).ShouldBeFalse();
        (await host.CountSessionsAsync(Email)).ShouldBe(1, "Only the session of the registration may be there.");
        LetsIn(await attacker.RedeemAsync("recovery", own, code)).ShouldBeTrue();
    }

    [Test]
    [Property("Checklist", "6.6.2")]
    public async Task Link_OfAnotherAccount_OpensNothing()
    {
        await using var host = await StartAsync(Links);
        await host.EnrollAsync(Email);
        await host.EnrollAsync(Mallory);
        using var attacker = host.NewClient(Agent.Html);
        var own = await attacker.AskAsync("recovery", Mallory, "link");
        var target = await attacker.AskAsync("recovery", Email, "link");
        var link = await host.Mails().LastLinkForAsync(Mallory);

        LetsIn(await attacker.FollowAsync(link.Replace(own.Id, target.Id, StringComparison.Ordinal))).ShouldBeFalse();
        LetsIn(await attacker.FollowAsync(link)).ShouldBeTrue();
        (await attacker.WhoamiAsync()).Body.ShouldContain(Mallory);
    }

    // The attacker reads a mailbox and asks for a code; its owner notices and takes the address off the account.
    // What was sent there before must not open the account afterwards.
    [TestCase("code")]
    [TestCase("link")]
    [Property("Checklist", "8.3.1")]
    public async Task Secret_SentToAnAddressThatWasTakenOff_OpensNothing(string method)
    {
        await using var host = await StartAsync(method == "link" ? Links : []);
        using var owner = await host.SignUpAsync(Agent.Ajax, Email);
        using var attacker = host.NewClient(Agent.Html);
        var flow = await attacker.AskAsync("recovery", Email, method);
        var settings = await owner.BeginAsync("settings");
        (await owner.SendFormAsync("settings", settings, ("method", "profile"), ("traits.email", "new@example.org"))).Status.ShouldBe(HttpStatusCode.OK);
        // The newest message to the old address tells of the change; what was asked for is the one before.
        var mail = (await host.Mails().MessagesToAsync(Email)).Single(m => m.Template.Name.StartsWith("recovery", StringComparison.Ordinal)).TemplateData;

        var answer = method == "link"
            ? await attacker.FollowAsync(mail.GetProperty("recovery_url").GetString()!)
            : await attacker.RedeemAsync("recovery", flow, mail.GetProperty("recovery_code").GetString()!);

        LetsIn(answer).ShouldBeFalse();
        (await host.CountSessionsAsync("new@example.org")).ShouldBe(1);
    }

    // The code comes late, or the mailbox is searched a day later.
    // A code has ten minutes, a link an hour.
    [TestCase("code", 9, true)]
    [TestCase("code", 11, false)]
    [TestCase("link", 59, true)]
    [TestCase("link", 61, false)]
    [Property("Checklist", "6.5.5")]
    public async Task Secret_WorksForItsTimeOnly(string method, int minutes, bool works)
    {
        await using var host = await StartAsync([("Flows:Recovery:Lifespan", "2h"), .. method == "link" ? Links : []]);
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Html);
        var flow = await owner.AskAsync("recovery", Email, method);

        host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var answer = method == "link" ? await owner.FollowAsync(await host.Mails().LastLinkForAsync(Email)) : await owner.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email));

        LetsIn(answer).ShouldBe(works);
    }

    // The attacker recovers the account and stays signed in on the side.
    // Whoever recovers it afterwards ends every other session.
    [Test]
    [Property("Checklist", "7.4.3")]
    public async Task Recovery_EndsOtherSessions()
    {
        await using var host = await StartAsync();
        using var thief = await host.SignUpAsync(Agent.Ajax, Email);
        (await thief.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
        using var owner = host.NewClient(Agent.Native);
        var flow = await owner.AskAsync("recovery", Email);

        LetsIn(await owner.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email))).ShouldBeTrue();

        (await thief.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
