using System.Net;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>What following a link in a mail does, and who may make somebody follow one.</summary>
public sealed class MailedLinkTests
{
    private const string PublicUrl = "https://accounts.example.org";

    // A program that looks for harmful mails follows every link, several times, before its owner does.
    // That must neither use the link up nor take the form away from the browser that waits for the code.
    [TestCase("recovery", "link")]
    [TestCase("verification", "link")]
    [TestCase("verification", "code")]
    [Property("Checklist", "3.5.3")]
    public async Task Link_FollowedByAProgram_StillWorksForItsOwner(string kind, string method)
    {
        await using var host = await StartAsync([.. method == "link" ? Links : [], .. Verifying]);
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Html);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var flow = await owner.AskAsync(kind, Email, method);
        var link = await host.Mails().LastLinkForAsync(Email);
        var before = await host.RowsAsync();

        using var scanner = host.NewClient(Agent.Html);
        foreach (var verb in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
            (await scanner.SendAsync(verb, PathOf(link), null)).Status.ShouldBe(HttpStatusCode.OK);

        (await host.RowsAsync()).ShouldBe(before);
        (await scanner.GetAsync($"/self-service/{kind}/flows?id={flow.Id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await owner.ShowAsync(kind, flow.Id);
        var answer = await owner.FollowAsync(link);
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Body);
        await ShouldHaveWorkedAsync(host, kind, answer);
    }

    // People ask for a code on one device and open the mail on another.
    // The page's button works there, for native clients' flows, too; the first device's form is not needed any more.
    [TestCase("recovery", "link", Agent.Native)]
    [TestCase("recovery", "link", Agent.Ajax)]
    [TestCase("verification", "link", Agent.Native)]
    [TestCase("verification", "code", Agent.Native)]
    [TestCase("verification", "code", Agent.Html)]
    public async Task Link_OpenedInAnotherBrowser_WorksByItsButton(string kind, string method, Agent agent)
    {
        await using var host = await StartAsync([.. method == "link" ? Links : [], .. Verifying]);
        await host.EnrollAsync(Email);
        using var first = host.NewClient(agent);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await first.AskAsync(kind, Email, method);

        using var second = host.NewClient(Agent.Html);
        var answer = await second.FollowAsync(await host.Mails().LastLinkForAsync(Email));

        await ShouldHaveWorkedAsync(host, kind, answer);
        var next = answer.Location[(answer.Location.IndexOf("flow=", StringComparison.Ordinal) + 5)..];
        if (kind == "verification" && agent == Agent.Html)
            (await second.ShowAsync(kind, next)).Json.GetProperty("state").GetString().ShouldBe("passed_challenge");
    }

    [Test]
    public async Task CodeLink_WithAWrongCode_IsToldSoInAFormOfItsOwn()
    {
        await using var host = await StartAsync(Verifying);
        await host.EnrollAsync(Email);
        using var first = host.NewClient(Agent.Html);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var flow = await first.AskAsync("verification", Email);

        using var second = host.NewClient(Agent.Html);
        var answer = await second.FollowAsync($"{host.Url}/self-service/verification?code={WrongCode}&flow={flow.Id}");

        var shown = await second.ShowAsync("verification", answer.Location[(answer.Location.IndexOf("flow=", StringComparison.Ordinal) + 5)..]);
        shown.Id.ShouldNotBe(flow.Id);
        shown.Json.GetRawText().ShouldContain("4070006");
        (await host.IdentityAsync(Email)).VerifiableAddresses.Single().Verified.ShouldBeFalse();
    }

    // A foreign page sends its visitor's browser the form of a link to the attacker's account, to have the visitor work in it.
    // Only the button of this host's own page may act.
    [TestCase("cross-site", true)]
    [TestCase("same-origin", false)]
    [Property("Checklist", "7.6.2")]
    public async Task Link_SentByAForeignPage_SignsNobodyIn(string site, bool withToken)
    {
        await using var host = await StartAsync(Links);
        await host.EnrollAsync(Mallory);
        using var attacker = host.NewClient(Agent.Html);
        await attacker.AskAsync("recovery", Mallory, "link");
        var link = await host.Mails().LastLinkForAsync(Mallory);
        using var victim = host.NewClient(Agent.Html);
        var page = await victim.GetAsync(PathOf(link));
        var form = withToken ? page.Body : page.Body.Replace("csrf_token", "other", StringComparison.Ordinal);
        victim.Headers["Sec-Fetch-Site"] = site;

        var answer = await victim.PressAsync(form);

        LetsIn(answer).ShouldBeFalse();
        victim.Headers["Sec-Fetch-Site"] = "same-origin";
        LetsIn(await victim.PressAsync(page.Body)).ShouldBeTrue("The known-good form must work, so that the test proves something.");
    }

    // Somebody opens a link while another person is signed in in the same browser.
    // The page says so before the button replaces that session.
    [Test]
    public async Task RecoveryLink_WhileSomebodyIsSignedIn_AsksFirst()
    {
        await using var host = await StartAsync(Links);
        await host.EnrollAsync(Email);
        using (var asking = host.NewClient(Agent.Html))
            await asking.AskAsync("recovery", Email, "link");
        using var browser = await host.SignUpAsync(Agent.Html, Mallory);

        var page = await browser.GetAsync(PathOf(await host.Mails().LastLinkForAsync(Email)));

        page.Body.ShouldContain("session in this browser ends");
        (await browser.WhoamiAsync()).Body.ShouldContain(Mallory);
        LetsIn(await browser.PressAsync(page.Body)).ShouldBeTrue();
        (await browser.WhoamiAsync()).Body.ShouldContain(Email);
    }

    // The attacker asks for somebody's mail with headers that claim another host.
    // A link to that host would bring the token there when it is followed.
    [TestCase("Host", "evil.example")]
    [TestCase("X-Forwarded-Host", "evil.example")]
    [TestCase("Forwarded", "host=evil.example;proto=https")]
    [TestCase("X-Forwarded-Prefix", "//evil.example")]
    [TestCase("Origin", "https://evil.example")]
    [TestCase("Referer", "https://evil.example/")]
    [Property("Checklist", "3.7.2")]
    public async Task Mail_AskedForUnderAClaimedHostName_LeadsToThePublicUrl(string header, string value)
    {
        await using var host = await StartAsync([("PublicUrl", PublicUrl), .. Links, .. Verifying]);
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        foreach (var kind in new[] { "recovery", "verification" })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            attacker.Headers[header] = value;
            var flow = await attacker.BeginAsync(kind);
            // A native client's submission with an origin is refused before anything is sent.
            if (header == "Origin")
                attacker.Headers.Clear();
            await attacker.GiveAsync(kind, flow, Email, "link");

            var mail = (await host.Mails().MessagesToAsync(Email))[0];
            mail.Body.ShouldContain($"{PublicUrl}/self-service/{kind}?flow={flow.Id}&token=");
            (mail.Subject + mail.Body + mail.TemplateData.GetRawText()).ShouldNotContain("evil.example");
        }
    }

    // A token in an address is kept with a flow and shown to whoever may read it later.
    // It is taken out before anything is kept, however it is spelled.
    [TestCase("token")]
    [TestCase("TOKEN")]
    [Property("Checklist", "14.2.1")]
    public async Task Token_OfALink_IsNotKeptWithAFlow(string name)
    {
        await using var host = await StartAsync([("Security:InsecureLinksActOnGet", "true"), .. Links]);
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Html);
        await owner.AskAsync("recovery", Email, "link");
        var link = await host.Mails().LastLinkForAsync(Email);
        var token = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..];

        var followed = await owner.GetAsync(PathOf(link).Replace("token=", name + "=", StringComparison.Ordinal));
        var settings = await owner.GetAsync($"/self-service/settings/flows?id={followed.Location[(followed.Location.IndexOf("flow=", StringComparison.Ordinal) + 5)..]}");
        var again = await owner.GetAsync(PathOf(link).Replace("token=", name + "=", StringComparison.Ordinal));
        var restarted = await owner.ShowAsync("recovery", again.Location[(again.Location.IndexOf("flow=", StringComparison.Ordinal) + 5)..]);

        settings.Status.ShouldBe(HttpStatusCode.OK, settings.Body);
        settings.Body.ShouldNotContain(token);
        restarted.Json.GetRawText().ShouldNotContain(token);
        host.Logs.Text.ShouldNotContain(token);
    }

    private static async Task ShouldHaveWorkedAsync(TestHost host, string kind, Answer answer)
    {
        if (kind == "recovery")
            LetsIn(answer).ShouldBeTrue(answer.Body + answer.Location);
        else
            (await host.IdentityAsync(Email)).VerifiableAddresses.Single().Verified.ShouldBeTrue(answer.Body + answer.Location);
    }
}
