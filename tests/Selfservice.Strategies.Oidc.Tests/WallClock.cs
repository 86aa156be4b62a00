using Microsoft.Extensions.Time.Testing;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A clock that can be set, while the time that passes stays as it is.</summary>
internal sealed class WallClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    // The base takes it from the clock.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
