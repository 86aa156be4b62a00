namespace Selfservice.Browser.Tests;

/// <summary>The real clock, as far ahead as a test has put it: browsers have a clock of their own and cannot follow one that stands still.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _ticksAhead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticksAhead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticksAhead, time.Ticks);
}
