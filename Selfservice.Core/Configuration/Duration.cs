using System.Globalization;
using System.Text.RegularExpressions;

namespace Selfservice.Configuration;

/// <summary>Reads durations as configuration has them: <c>10m</c>, <c>1h30m</c>, <c>500ms</c>, or <c>00:10:00</c>.</summary>
public static partial class Duration
{
    /// <summary>The duration that the text means; null when it means none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (!UnitsPattern.IsMatch(text))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var plain) && text.Contains(':', StringComparison.Ordinal) ? plain : null;
        var sum = 0.0;
        foreach (Match part in PartPattern.Matches(text))
        {
            sum += double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                "ms" => TimeSpan.TicksPerMillisecond,
                "us" => TimeSpan.TicksPerMicrosecond,
                _ => 0.01,
            };
        }

        return sum is >= 0 and < long.MaxValue ? TimeSpan.FromTicks((long)sum) : null;
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex UnitsPattern { get; }

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex PartPattern { get; }
}
