using Selfservice.Configuration;

namespace Selfservice.Cleanup;

internal sealed class CleanupOptionsCheck : OptionsRules<CleanupOptions>
{
    private static readonly (string Key, Func<CleanupOptions, TimeSpan> Time)[] Kept =
    [
        ("FlowGrace", o => o.FlowGrace),
        ("SecretGrace", o => o.SecretGrace),
        ("SessionGrace", o => o.SessionGrace),
        ("ErrorRetention", o => o.ErrorRetention),
        ("MessageRetention", o => o.MessageRetention),
    ];

    public CleanupOptionsCheck()
    {
        Demand(o => o.Interval >= TimeSpan.FromSeconds(1) && o.Interval <= TimeSpan.FromDays(1), "Selfservice:Cleanup:Interval must be between 1s and 24h.");
        Demand(o => o.BatchSize is >= 1 and <= 10_000, "Selfservice:Cleanup:BatchSize must be between 1 and 10000.");
        Demand(o => o.Pause >= TimeSpan.Zero && o.Pause <= TimeSpan.FromMinutes(1), "Selfservice:Cleanup:Pause must be between 0s and 1m.");
        foreach (var (key, time) in Kept)
            Demand(o => time(o) >= TimeSpan.Zero && time(o) <= LongestTime, o => $"Selfservice:Cleanup:{key} is {time(o)}; it must be between 0s and 36,500 days (876000h).");
    }
}
