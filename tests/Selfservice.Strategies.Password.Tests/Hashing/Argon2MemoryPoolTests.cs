using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>What is kept of finished hashes, and for how long.</summary>
public sealed class Argon2MemoryPoolTests
{
    private static readonly TimeSpan Lifespan = TimeSpan.FromSeconds(10);

    [Test]
    public void Memory_IsKeptForTheNextHash_AndGoneAfterItsLifespan()
    {
        var clock = new StrictClock();
        using var pool = new Argon2MemoryPool(new PasswordHashingOptions { IdleMemoryLifespan = Lifespan }, clock);
        var memory = pool.Take(Argon2.BlocksFor(new Argon2Parameters()));
        pool.Return(memory);
        pool.Take(memory.Blocks).ShouldBeSameAs(memory);
        pool.Return(memory);

        clock.Advance(Lifespan);
        clock.Fire();

        pool.Idle.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => Address(memory));
    }

    [Test]
    public void Trimming_KeepsWhatIsYounger_AndComesBackForIt()
    {
        var clock = new StrictClock();
        using var pool = new Argon2MemoryPool(new PasswordHashingOptions { IdleMemoryLifespan = Lifespan }, clock);
        var (first, second) = (pool.Take(Argon2.BlocksFor(new Argon2Parameters())), pool.Take(Argon2.BlocksFor(new Argon2Parameters())));
        pool.Return(first);
        clock.Advance(TimeSpan.FromSeconds(4));
        pool.Return(second);

        clock.Advance(TimeSpan.FromSeconds(6));
        clock.Fire();
        pool.Idle.ShouldBe(1);
        clock.Due.ShouldBe(TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(2));

        clock.Advance(TimeSpan.FromSeconds(4));
        clock.Fire();
        pool.Idle.ShouldBe(0);
    }

    [Test]
    public void Trimming_WhileTimePasses_NeverAsksForATimeThatIsOver()
    {
        // Each look at the clock takes twenty milliseconds. An exception in a timer's callback ends the process.
        var clock = new StrictClock { Step = TimeSpan.FromMilliseconds(20) };
        for (var early = 0; early < 60; early++)
        {
            using var pool = new Argon2MemoryPool(new PasswordHashingOptions { IdleMemoryLifespan = Lifespan }, clock);
            pool.Return(pool.Take(Argon2.BlocksFor(new Argon2Parameters())));
            clock.Advance(Lifespan - TimeSpan.FromMilliseconds(early));
            Should.NotThrow(clock.Fire);
            if (pool.Idle > 0)
                clock.Due.ShouldBeGreaterThan(TimeSpan.Zero);
        }
    }

    private static unsafe nint Address(Argon2Memory memory) => (nint)memory.Pointer;

    /// <summary>A clock that is moved by hand, or a step with each look at it; its one timer takes what the system's would and fires when told.</summary>
    private sealed class StrictClock : TimeProvider
    {
        private long _now;
        private Action? _callback;

        public TimeSpan Step { get; init; }

        public TimeSpan Due { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _now += time.Ticks;

        public void Fire() => _callback!();

        public override long GetTimestamp()
        {
            var now = _now;
            _now += Step.Ticks;
            return now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            return new Timer(this);
        }

        private sealed class Timer(StrictClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1);
                clock.Due = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
