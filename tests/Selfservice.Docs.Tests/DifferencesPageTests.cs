using System.Text.Json;

namespace Selfservice.Docs.Tests;

/// <summary>The page of differences, compared with what the replay of the recordings is told.</summary>
public sealed class DifferencesPageTests
{
    private static readonly string Text = Repository.Page("docs/differences-from-kratos.md").Text;

    /// <summary>The reasons of the lines in <c>tests/contract/differences</c>; "The same" belongs to the line above.</summary>
    private static IEnumerable<string> Reasons =>
        from file in Directory.GetFiles(Repository.PathOf("tests/contract/differences"), "*.json")
        from line in Read(file).EnumerateArray()
        let reason = line.GetProperty("why").GetString()!
        where !reason.StartsWith("The same", StringComparison.Ordinal)
        select reason;

    [Test]
    public void Page_QuotesEveryRecordedReason()
    {
        Reasons.ShouldNotBeEmpty();
        Reasons.Where(reason => !Text.Contains($"| {reason} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void Page_NamesEveryOptionThatRestoresTheOrigin()
    {
        var restored = Read(Repository.PathOf("tests/contract/origin-defaults.json")).EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null)
            .Select(m => m.Name.Replace("__", ":", StringComparison.Ordinal)).ToArray();
        restored.ShouldNotBeEmpty();
        restored.Where(path => !Text.Contains($"`{path}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void Rows_SayAnOptionOrNone() =>
        MarkdownTable.In(Repository.Page("docs/differences-from-kratos.md")).SelectMany(t => t.Rows).ShouldAllBe(row => row.Count == 3 && row[0].Length > 0 && row[2].Length > 0);

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
