using Microsoft.Extensions.DependencyInjection;
using Selfservice.Hooks;
using Selfservice.Storage;
using Selfservice.Testing.Hosts;
using Selfservice.WebHooks.Delivery;
using static Selfservice.WebHooks.Tests.HookHost;

namespace Selfservice.WebHooks.Tests;

/// <summary>Calls that nobody waits for: stored with the flow's change, made in the background, repeated until they succeed.</summary>
internal sealed class WebHookOutboxTests
{
    private const string Ignore = """{"Response":{"Ignore":true}}""";

    [Test]
    public async Task Receiver_KilledAndBack_GetsTheCallUnderTheSameKey()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new(0);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(receiver.Url, more: Ignore)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        await UntilAsync(host, () => !receiver.Calls.IsEmpty, moves: false);
        await receiver.KillAsync();
        await UntilAsync(host, () => host.Logs.Lines.Count(l => l.Contains("failed at attempt", StringComparison.Ordinal)) >= 2, moves: true);
        receiver.Answer = _ => new(200);
        var before = receiver.Calls.Count;
        await receiver.RestartAsync();
        await UntilAsync(host, () => receiver.Calls.Count > before, moves: true);
        receiver.Calls.Select(c => c.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem();
        receiver.Calls.Last().Json["identity"]!["traits"]!["email"]!.GetValue<string>().ShouldBe("ada@example.org");
        await UntilAsync(host, () => host.Logs.Lines.Any(l => l.Contains("was made at attempt", StringComparison.Ordinal)), moves: false);
        (await FirstDueAsync(host)).ShouldBeNull();
    }

    /// <summary>A receiver under load that asks for no delay, or names a time that is over, would get all attempts within a moment, and the call would be lost.</summary>
    [TestCase("0", 1)]
    [TestCase("Tue, 01 Jan 2019 00:00:00 GMT", 1)]
    [TestCase("60", 60)]
    public async Task Receiver_ThatAsksForADelay_GetsAtLeastTheOrdinaryOne(string retryAfter, int seconds)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new(503, "", ("Retry-After", retryAfter));
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(receiver.Url, more: Ignore)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        await UntilAsync(host, () => host.Logs.Lines.Any(l => l.Contains("failed at attempt 1", StringComparison.Ordinal)), moves: false);
        (await FirstDueAsync(host)).ShouldBe(host.Clock.GetUtcNow().AddSeconds(seconds));
    }

    /// <summary>Hosts are replaced, and keys changed, one after the other: what one does not know must not be erased before another makes the call.</summary>
    [TestCase(true, "does not have the key")]
    [TestCase(false, "does not have this web hook")]
    public async Task Call_ThatThisHostDoesNotKnow_IsLeftForAnotherUntilTheLastAttempt(bool knowsTarget, string fault)
    {
        await using var receiver = await Receiver.StartAsync();
        var hook = Hook(receiver.Url, more: Ignore);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [hook]);
        var now = host.Clock.GetUtcNow();
        var delivery = new WebHookDelivery
        {
            Id = Guid.CreateVersion7(now),
            Target = knowsTarget ? WebHookTarget.Read(hook.Config).Key : "of another host",
            Body = "sealed under another key",
            Attempts = WebHookWorker.MaximumAttempts - 2,
            DueAt = now,
            CreatedAt = now,
        };
        await host.Services.GetRequiredService<IStore>().WriteAsync(
            async (s, t) =>
            {
                await s.WebHooks.InsertAsync(delivery, t);
                return true;
            },
            CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(host, () => host.Logs.Lines.Any(l => l.Contains("failed at attempt", StringComparison.Ordinal)), moves: false);
        (await AbandonedAsync(host)).ShouldBeEmpty();
        (await FirstDueAsync(host)).ShouldBe(host.Clock.GetUtcNow().AddHours(1));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(host, () => host.Logs.Lines.Any(l => l.Contains("no further attempt", StringComparison.Ordinal)), moves: true);
        (await AbandonedAsync(host)).ShouldHaveSingleItem().Fault.ShouldNotBeNull().ShouldContain(fault);
        receiver.Calls.ShouldBeEmpty();
    }

    /// <summary>A receiver that takes calls and says nothing must not keep the calls of all other web hooks from being made.</summary>
    [Test]
    public async Task Receiver_ThatHangs_DelaysNoOther()
    {
        const int people = WebHookWorker.AttemptsPerTarget + 2;
        await using var hanging = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        hanging.Answer = _ => new(null);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(hanging.Url, more: Ignore), Hook(receiver.Url, more: Ignore)]);
        for (var i = 0; i < people; i++)
            (await host.SignUpAsync($"person{i}@example.org")).Status.ShouldBe(200);
        // The clock stands still: no attempt and no pause ends by it.
        await UntilAsync(host, () => receiver.Calls.Count == people && hanging.Calls.Count == WebHookWorker.AttemptsPerTarget, moves: false);
        hanging.Answer = _ => new(200);
        host.Clock.Advance(WebHookWorker.AttemptTime);
        await UntilAsync(host, () => host.Logs.Lines.Count(l => l.Contains("was made at attempt", StringComparison.Ordinal)) == 2 * people, moves: true);
        hanging.Calls.Count.ShouldBe(people + WebHookWorker.AttemptsPerTarget);
    }

    [Test]
    public async Task Refusal_IsGivenUpVisibly()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new(410);
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(receiver.Url, more: Ignore)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        await UntilAsync(host, () => host.Logs.Lines.Any(l => l.Contains("no further attempt", StringComparison.Ordinal)), moves: false);
        var abandoned = (await AbandonedAsync(host)).ShouldHaveSingleItem();
        abandoned.Fault.ShouldBe("The answer has status 410.");
        abandoned.Body.ShouldBeEmpty();
    }

    [Test]
    public async Task Call_OfAChangeThatIsNotStored_IsNotMade()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(f => f.Registration.After.Hooks = [Hook(receiver.Url, more: Ignore)]);
        (await host.SignUpAsync()).Status.ShouldBe(200);
        await UntilAsync(host, () => receiver.Calls.Count == 1, moves: false);
        (await host.SignUpAsync()).Status.ShouldBe(400);
        (await FirstDueAsync(host)).ShouldBeNull();
        receiver.Calls.ShouldHaveSingleItem();
    }

    private static Task<DateTimeOffset?> FirstDueAsync(SelfserviceTestHost host) =>
        host.Services.GetRequiredService<IStore>().ReadAsync((s, t) => s.WebHooks.FirstDueAsync([], t), CancellationToken.None);

    private static Task<IReadOnlyList<WebHookDelivery>> AbandonedAsync(SelfserviceTestHost host) =>
        host.Services.GetRequiredService<IStore>().ReadAsync((s, t) => s.WebHooks.ListAbandonedAsync(10, t), CancellationToken.None);

    /// <summary>Waits for the background, while the clock moves or stands.</summary>
    private static async Task UntilAsync(SelfserviceTestHost host, Func<bool> isTrue, bool moves)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isTrue())
        {
            limit.Token.ThrowIfCancellationRequested();
            if (moves)
                host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }
}
