namespace Selfservice.Cleanup;

/// <summary>When rows that nobody needs any more are deleted.</summary>
public sealed class CleanupOptions
{
    /// <summary>How long after one clean-up the next begins. Default 5 minutes, range 1 second to 1 day. With several hosts on one database one of them does each.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many rows one transaction deletes at most, 1 to 10,000. Default 100: requests wait behind it for a few milliseconds.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How long the clean-up lets others go first after a full batch. Default 50 milliseconds, range 0 to 1 minute.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an expired flow is kept, so that a late submission is told that it expired. Default 24 hours, range 0 to 36,500 days.</summary>
    public TimeSpan FlowGrace { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an expired one-time secret is kept, so that a late use is told that it expired. Default 24 hours, range 0 to 36,500 days. It never outlives its flow or its identity.</summary>
    public TimeSpan SecretGrace { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an expired session is kept. Default 0, range 0 to 36,500 days. Revoked sessions are kept until they would have expired.</summary>
    public TimeSpan SessionGrace { get; set; } = TimeSpan.Zero;

    /// <summary>How long an error that a browser was sent to is kept. Default 7 days, range 0 to 36,500 days.</summary>
    public TimeSpan ErrorRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a message that was sent or abandoned is kept. Default 30 days, range 0 to 36,500 days.</summary>
    public TimeSpan MessageRetention { get; set; } = TimeSpan.FromDays(30);
}
