using Microsoft.Extensions.Time.Testing;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>ASVS 2.4.1: a burst of logins waits in order, and is refused in a way that can be told, never by exhaustion.</summary>
public sealed class HashingSlotsTests
{
    private readonly FakeTimeProvider _time = new();
    private HashingSlots _slots = null!;
    private ManualResetEventSlim _gate = null!;

    [SetUp]
    public void SetUp()
    {
        _slots = new HashingSlots(new() { MaximumConcurrentHashes = 1, MaximumQueuedHashes = 2, MaximumWait = TimeSpan.FromSeconds(3) }, _time);
        _gate = new ManualResetEventSlim();
    }

    [TearDown]
    public void TearDown() => _gate.Dispose();

    [Test]
    public async Task Run_WhenSlotAndQueueAreFull_IsRefusedWithAdvice()
    {
        var running = Occupy();
        var queued = (Task<int>[])[Enter(1), Enter(2)];

        var refusal = await Should.ThrowAsync<HashingOverloadedException>(() => Enter(3));

        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        _gate.Set();
        await running;
        (await Task.WhenAll(queued)).ShouldBe([1, 2]);
    }

    [Test]
    public async Task Run_OfQueuedCallers_KeepsTheirOrder()
    {
        var order = new List<int>();
        var running = Occupy();
        var first = _slots.RunAsync(() => Note(order, 1), default);
        var second = _slots.RunAsync(() => Note(order, 2), default);

        _gate.Set();
        await Task.WhenAll(running, first, second);

        order.ShouldBe([1, 2]);
    }

    [Test]
    public async Task Run_AfterTheWaitBound_IsRefused_AndTheQueueHasRoomAgain()
    {
        var running = Occupy();
        var waiting = Enter(1);

        _time.Advance(TimeSpan.FromSeconds(3));

        await Should.ThrowAsync<HashingOverloadedException>(() => waiting);
        _slots.Queued.ShouldBe(0);
        _gate.Set();
        await running;
        (await Enter(2)).ShouldBe(2);
    }

    [Test]
    public async Task Run_CancelledInTheQueue_LeavesIt()
    {
        using var cancellation = new CancellationTokenSource();
        var running = Occupy();
        var waiting = _slots.RunAsync(() => 1, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        _slots.Queued.ShouldBe(0);
        _gate.Set();
        await running;
        (await Enter(2)).ShouldBe(2);
    }

    /// <summary>Style rule 19: whoever hangs up during the hash must not undo it.</summary>
    [Test]
    public async Task Run_CancelledWhileItRuns_RunsToItsEnd()
    {
        using var cancellation = new CancellationTokenSource();
        var running = Occupy(cancellation.Token);

        await cancellation.CancelAsync();
        _gate.Set();

        (await running).ShouldBe(0);
    }

    [Test]
    public async Task Run_WhoseWorkThrows_FreesItsSlot()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _slots.RunAsync<int>(() => throw new InvalidOperationException("broken"), default));

        (await Enter(1)).ShouldBe(1);
    }

    /// <summary>Cancellation and the release of a slot race with each other: in the end the slot is free and the queue is empty.</summary>
    [Test]
    public async Task Run_WithRacingCancellation_LosesNoSlot()
    {
        for (var round = 0; round < 300; round++)
        {
            using var cancellation = new CancellationTokenSource();
            using var start = new Barrier(2);
            _gate.Reset();
            var running = Occupy();
            var waiting = _slots.RunAsync(() => 1, cancellation.Token);
            var cancelling = Task.Run(() =>
            {
                start.SignalAndWait();
                cancellation.Cancel();
            });
            start.SignalAndWait();
            _gate.Set();
            await Task.WhenAll(running, cancelling);
            await waiting.ContinueWith(static _ => { }, TaskScheduler.Default);

            (await Enter(2)).ShouldBe(2);
            _slots.Queued.ShouldBe(0);
        }
    }

    private Task<int> Enter(int result) => _slots.RunAsync(() => result, default);

    // The slot is taken before this returns; the work ends when the gate opens.
    private Task<int> Occupy(CancellationToken cancellationToken = default) =>
        _slots.RunAsync(
            () =>
            {
                _gate.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
                return 0;
            },
            cancellationToken);

    private static int Note(List<int> order, int number)
    {
        order.Add(number);
        return number;
    }
}
