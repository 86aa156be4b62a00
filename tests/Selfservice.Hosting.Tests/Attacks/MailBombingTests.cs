using Microsoft.Extensions.DependencyInjection;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Storage;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Everybody may ask for mails to everybody: how many leave is limited, and nobody is told when no more do.</summary>
public sealed class MailBombingTests
{
    private const int Asked = 8;

    // The attacker fills somebody's mailbox by asking for codes again and again, in one flow and in many, with every method.
    // After the budget nothing is sent, and the answer stays as it was.
    [TestCase("recovery", "code")]
    [TestCase("recovery", "link")]
    [TestCase("verification", "code")]
    [TestCase("verification", "link")]
    [Property("Checklist", "6.6.4")]
    public async Task Mails_ToOneRecipient_EndWithTheBudget(string kind, string method)
    {
        await using var host = await StartAsync([("Security:MessageBudget:PerRecipient", "3"), .. method == "link" ? Links : [], .. Verifying]);
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        var flow = await attacker.BeginAsync(kind);
        var answers = new List<string>();
        for (var i = 0; i < Asked; i++)
            answers.Add(Scrub(await attacker.GiveAsync(kind, i % 2 == 0 ? flow : await attacker.BeginAsync(kind), Email, method)));

        (await host.CountMailsAsync(Email)).ShouldBe(3);
        answers.Distinct().ShouldHaveSingleItem();
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await attacker.AskAsync(kind, Email, method);
        (await host.CountMailsAsync(Email)).ShouldBe(4, "An hour later there is a new budget.");
    }

    // Where unknown addresses are told, the attacker spells one in many ways, all of which reach the same mailbox.
    // They share one budget.
    [Test]
    [Property("Checklist", "6.6.4")]
    public async Task Mails_ToSpellingsOfOneMailbox_ShareItsBudget()
    {
        await using var host = await StartAsync(("Security:MessageBudget:PerRecipient", "3"), ("Flows:Recovery:NotifyUnknownRecipients", "true"));
        using var attacker = host.NewClient(Agent.Native);
        var spellings = Enumerable.Range(0, Asked).Select(i => string.Concat("victim".Select((c, at) => (i >> at & 1) == 1 ? char.ToUpperInvariant(c) : c)) + "@example.org").ToArray();

        foreach (var spelling in spellings)
            await attacker.AskAsync("recovery", spelling);

        var sent = 0;
        foreach (var spelling in spellings)
            sent += await host.CountMailsAsync(spelling);
        sent.ShouldBe(3);
    }

    // The attacker asks for mails to everybody on a list, and claims another address with each request.
    // What counts is the connection's address.
    [Test]
    [Property("Checklist", "6.6.4")]
    public async Task Mails_CausedByOneClient_EndWithTheBudget()
    {
        await using var host = await StartAsync(("Security:MessageBudget:PerClient", "3"), ("Flows:Recovery:NotifyUnknownRecipients", "true"));
        using var attacker = host.NewClient(Agent.Native);
        var sent = 0;
        for (var i = 0; i < Asked; i++)
        {
            attacker.Headers["X-Forwarded-For"] = $"198.51.100.{i}";
            await attacker.AskAsync("recovery", $"person{i}@example.org");
            sent += await host.CountMailsAsync($"person{i}@example.org");
        }

        sent.ShouldBe(3);
    }

    // The attacker's line has a network of IPv6 with more addresses than there are mails.
    // The network counts as one client; the next one does not.
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", true)]
    public async Task Clients_OfOneNetworkOfIPv6_ShareABudget(string first, string second, bool isSent)
    {
        await using var host = await StartAsync(("Security:MessageBudget:PerClient", "1"));

        (await AddAsync(host, first)).ShouldBeTrue();
        (await AddAsync(host, second)).ShouldBe(isSent);
    }

    private static async Task<bool> AddAsync(TestHost host, string clientAddress)
    {
        var outbox = host.Services.GetRequiredService<MessageOutbox>();
        var draft = new MessageDraft { Template = CourierTemplate.RecoveryCodeInvalid, Channel = MessageChannel.Email, Recipient = Email, Data = [] };
        var message = (await outbox.ComposeAsync(draft, CancellationToken.None))!;
        var client = new ClientContext { PublicUrl = host.Url, IpAddress = clientAddress, Guard = null! };
        return await host.Services.GetRequiredService<IStore>().WriteAsync((scope, token) => outbox.AddAsync(scope, message, client, token), CancellationToken.None);
    }
}
