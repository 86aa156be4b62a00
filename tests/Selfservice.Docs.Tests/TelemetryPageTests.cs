using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>The page about telemetry, compared with the sources: operators build alarms on these names.</summary>
public sealed partial class TelemetryPageTests
{
    [Test]
    public void Log_IsToldWhole() => Rows("Category").Select(r => string.Join(' ', r.SelectMany(c => MarkdownTable.Code(c) is [var code, ..] ? [code] : new[] { c.Trim() })))
        .Order(StringComparer.Ordinal).ShouldBe(Logged().Order(StringComparer.Ordinal));

    [Test]
    public void Counts_AreToldWhole() => Rows("Instrument").SelectMany(r => MarkdownTable.Code(r[0])).Order(StringComparer.Ordinal).ShouldBe(
        Sources().SelectMany(text => InstrumentPattern.Matches(text)).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<IReadOnlyList<string>> Rows(string head) => MarkdownTable.In(Repository.Page("docs/telemetry.md")).Single(t => t.Head[0] == head).Rows;

    private static IEnumerable<string> Logged() =>
        from text in Sources()
        from line in LoggerMessagePattern.Matches(text)
        let declared = line.Groups[1].Value
        select $"{NamespacePattern.Match(text).Groups[1].Value}.{ClassPattern.Match(text).Groups[1].Value} {IdPattern.Match(declared).Value} {NamePattern.Match(declared).Groups[1].Value} {LevelPattern.Match(declared).Groups[1].Value}";

    private static string[] Sources() =>
    [
        .. Repository.Root.GetDirectories("Selfservice*").SelectMany(folder => folder.GetFiles("*.cs", SearchOption.AllDirectories))
            .Where(file => !file.FullName.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(file => File.ReadAllText(file.FullName)),
    ];

    [GeneratedRegex(@"\[LoggerMessage\((.*?)\)\]\s*\n", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex LoggerMessagePattern { get; }

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern { get; }

    [GeneratedRegex("EventName = \"(\\w+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"LogLevel\.(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex LevelPattern { get; }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex NamespacePattern { get; }

    [GeneratedRegex(@"partial class (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex ClassPattern { get; }

    [GeneratedRegex("\\.Create\\w+<\\w+>\\(\\s*\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex InstrumentPattern { get; }
}
