using System.Security.Cryptography;

namespace Selfservice.Courier.Delivery;

/// <summary>How long a failed message waits: 1 second, then six times as long each time, up to an hour. A fifth more or less, so that what failed together does not come back together.</summary>
internal static class RetryDelay
{
    private const double Factor = 6;
    private const int FullSpread = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The delay after this many failures, at least one.</summary>
    public static TimeSpan After(int failures) => After(failures, RandomNumberGenerator.GetInt32(FullSpread + 1) / (double)FullSpread);

    /// <summary>The same with a chance from 0 to 1.</summary>
    internal static TimeSpan After(int failures, double chance) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(Factor, failures - 1), Longest.TotalSeconds) * (0.8 + (0.4 * chance)));
}
