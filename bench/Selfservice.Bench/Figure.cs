using System.Globalization;

namespace Selfservice.Bench;

/// <summary>One line of the table.</summary>
internal static class Figure
{
    public static void PrintHead()
    {
        Console.WriteLine("| Figure | Measured | Goal | |");
        Console.WriteLine("|---|---|---|---|");
    }

    /// <summary>A line whose number should be at least <paramref name="goal"/>.</summary>
    public static void AtLeast(string name, double value, double goal, string unit, string details = "") => Print(name, value, $"≥ {Text(goal)}{unit}", unit, details, value >= goal);

    /// <summary>A line whose number should be at most <paramref name="goal"/>.</summary>
    public static void AtMost(string name, double value, double goal, string unit, string details = "") => Print(name, value, $"≤ {Text(goal)}{unit}", unit, details, value <= goal);

    /// <summary>A line without a goal.</summary>
    public static void Told(string name, double value, string unit, string details = "") => Print(name, value, "", unit, details, null);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Print(string name, double value, string goal, string unit, string details, bool? met) => Console.WriteLine(
        $"| {name} | {Text(value)}{unit}{(details.Length > 0 ? $" ({details})" : "")} | {goal} | {(met switch { true => "met", false => "**missed**", null => "" })} |");

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture);
}
