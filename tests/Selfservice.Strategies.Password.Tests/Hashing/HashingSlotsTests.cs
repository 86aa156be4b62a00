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

    /// <summary>Where many wait, eight are computed in a row and go on together; where few wait, each goes on at once.</summary>
    [TestCase(64, 8)]
    [TestCase(16, 4)]
    [TestCase(3, 1)]
    public async Task Run_OfManyQueuedCallers_FinishesThemInRows(int callers, int firstRow)
    {
        _slots = new HashingSlots(new() { MaximumConcurrentHashes = 1, MaximumQueuedHashes = callers }, _time);
        var finished = -1;
        var running = Occupy();
        var waiting = new Task<int>[callers];
        for (var i = 0; i < callers; i++)
        {
            var number = i;
            // Whoever is behind the first row sees whether that row has been let go on.
            waiting[i] = _slots.RunAsync(() => number == firstRow - 1 ? waiting.Count(task => task.IsCompleted) : number == firstRow ? finished = Finished(waiting, firstRow) : 0, default);
        }

        _gate.Set();
        await running;
        var results = await Task.WhenAll(waiting);

        results[firstRow - 1].ShouldBe(0, "None of the row goes on before its last is computed.");
        finished.ShouldBe(firstRow, "All of a row go on before the next row.");
    }

    /// <summary>A hash takes no thread of the pool, which short requests need.</summary>
    [Test]
    public async Task Run_WorksOnAThreadOfItsOwn() => (await _slots.RunAsync(static () => Thread.CurrentThread.IsThreadPoolThread, default)).ShouldBeFalse();

    /// <summary>One failure in a row is its own caller's.</summary>
    [Test]
    public async Task Run_WhoseNeighbourThrows_HasItsResult()
    {
        _slots = new HashingSlots(new() { MaximumConcurrentHashes = 1, MaximumQueuedHashes = 64 }, _time);
        var running = Occupy();
        var waiting = Enumerable.Range(0, 64).Select(i => _slots.RunAsync(() => i % 2 == 0 ? i : throw new InvalidOperationException("broken"), default)).ToArray();

        _gate.Set();
        await running;

        for (var i = 0; i < waiting.Length; i += 2)
        {
            (await waiting[i]).ShouldBe(i);
            await Should.ThrowAsync<InvalidOperationException>(waiting[i + 1]);
        }
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

    // What goes on does so on other threads, hence in a moment.
    private static int Finished(Task<int>[] waiting, int expected)
    {
        SpinWait.SpinUntil(() => waiting.Count(task => task.IsCompleted) == expected, TimeSpan.FromSeconds(10));
        return waiting.Count(task => task.IsCompleted);
    }

    private static int Note(List<int> order, int number)
    {
        order.Add(number);
        return number;
    }
}
