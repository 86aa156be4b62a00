using System.Net;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>A code has six digits: whoever may try a thousand of them has an account in a thousand. Lookups are counted where they happen, in the store.</summary>
public sealed class CodeGuessingTests
{
    private const string Lookup = "IOneTimeSecretStore.FindAsync";
    private const int Guesses = 1000;

    // The attacker sends a thousand guesses at the same moment to one flow, past a limit that reads before it counts.
    // No more than the limit may ever be compared with a code.
    [TestCase("recovery")]
    [TestCase("verification")]
    [Property("Checklist", "6.6.3")]
    public async Task ThousandGuesses_InOneFlowAtOnce_AreLookedUpFiveTimes(string kind)
    {
        var calls = new StoreCalls();
        await using var host = await StartAsync(calls.Watch, Verifying);
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        var flow = await attacker.AskAsync(kind, Email);
        calls.Take();

        await GuessAsync(Enumerable.Repeat((attacker, flow), Guesses), kind);

        calls.Count(Lookup).ShouldBe(5);
    }

    // The attacker spreads the guesses over many flows, each of which has its own code for the same address.
    // The address has a limit of its own, whatever flow a code was sent in.
    [Test]
    [Property("Checklist", "6.6.3")]
    public async Task ThousandGuesses_OverManyFlows_AreLookedUpTwentyTimes()
    {
        var calls = new StoreCalls();
        await using var host = await StartAsync(calls.Watch);
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        var flows = await Task.WhenAll(Enumerable.Range(0, Guesses / 5).Select(_ => attacker.AskAsync("recovery", Email)));
        calls.Take();

        await GuessAsync(flows.SelectMany(f => Enumerable.Repeat((attacker, f), 5)), "recovery");

        calls.Count(Lookup).ShouldBe(20);
        // Nobody is told that no code comes any more; that would tell that there is an account.
        var mails = await host.CountMailsAsync(Email);
        var usedUp = await attacker.BeginAsync("recovery");
        var other = await attacker.BeginAsync("recovery");
        Scrub(await attacker.GiveAsync("recovery", usedUp, Email), Email).ShouldBe(Scrub(await attacker.GiveAsync("recovery", other, "nobody@example.org"), "nobody@example.org"));
        (await host.CountMailsAsync(Email)).ShouldBe(mails, "A code was sent that nobody could use.");
    }

    // The attacker has guesses counted anew by asking for another code in the same flow.
    // Neither the old nor the new code may be tried once the flow's guesses are used up.
    [Test]
    [Property("Checklist", "6.6.3")]
    public async Task Guesses_AreNotGivenBackByAnotherCode()
    {
        await using var host = await StartAsync(("Methods:Code:Config:SendUselessCodes", "true"));
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        var flow = await attacker.AskAsync("recovery", Email);
        for (var i = 0; i < 5; i++)
            await attacker.RedeemAsync("recovery", flow, WrongCode);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await attacker.GiveAsync("recovery", flow, Email);
        var answer = await attacker.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email));

        LetsIn(answer).ShouldBeFalse();
        answer.Body.ShouldContain("submitted too often");
    }

    [Test]
    public async Task LastGuess_WithTheRightCode_LetsIn()
    {
        await using var host = await StartAsync();
        await host.EnrollAsync(Email);
        using var owner = host.NewClient(Agent.Native);
        var flow = await owner.AskAsync("recovery", Email);
        for (var i = 0; i < 4; i++)
            LetsIn(await owner.RedeemAsync("recovery", flow, WrongCode)).ShouldBeFalse();

        LetsIn(await owner.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email))).ShouldBeTrue();
    }

    // The attacker uses up the guesses of somebody's address to lock its owner out.
    // An hour later the owner gets a code that works; the password works all the time.
    [Test]
    [Property("Checklist", "6.1.1")]
    public async Task Address_WhoseGuessesAreUsedUp_IsFreeAnHourLater()
    {
        await using var host = await StartAsync(("Methods:Code:Config:MaxSubmissionsPerAddress", "2"));
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(Agent.Native);
        var attack = await attacker.AskAsync("recovery", Email);
        for (var i = 0; i < 3; i++)
            await attacker.RedeemAsync("recovery", attack, WrongCode);
        using var owner = host.NewClient(Agent.Native);
        (await owner.LogInAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.OK);
        owner.SessionToken = null;

        host.Clock.Advance(TimeSpan.FromMinutes(61));
        var flow = await owner.AskAsync("recovery", Email);

        LetsIn(await owner.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email))).ShouldBeTrue();
    }

    private static Task GuessAsync(IEnumerable<(Client Client, FlowView Flow)> targets, string kind) =>
        Task.WhenAll(targets.Select(async t => LetsIn(await t.Client.RedeemAsync(kind, t.Flow, WrongCode)).ShouldBeFalse()));
}
