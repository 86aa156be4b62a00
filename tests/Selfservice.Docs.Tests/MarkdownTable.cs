using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>A table of a page: its heading row and the rows below, cell by cell.</summary>
/// <param name="Head">The heading row.</param>
/// <param name="Rows">The rows.</param>
internal sealed partial record MarkdownTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The tables of a page, in order. A pipe inside a code span must be written as <c>\|</c>, as Markdown wants it.</summary>
    public static IEnumerable<MarkdownTable> In(Page page)
    {
        var lines = page.Text.Split('\n');
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith('|') || !RulePattern.IsMatch(lines[i + 1]))
                continue;
            var head = Cells(lines[i]);
            var rows = new List<IReadOnlyList<string>>();
            for (i += 2; i < lines.Length && lines[i].TrimStart().StartsWith('|'); i++)
                rows.Add(Cells(lines[i]));
            yield return new(head, rows);
        }
    }

    /// <summary>The code spans in a cell, without their marks.</summary>
    public static IReadOnlyList<string> Code(string text) => [.. CodePattern.Matches(text).Select(m => m.Groups[1].Value)];

    private static string[] Cells(string line) => [.. PipePattern.Split(line.Trim().Trim('|')).Select(c => c.Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    [GeneratedRegex(@"^\s*\|[\s:|-]+\|\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RulePattern { get; }

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.CultureInvariant)]
    private static partial Regex PipePattern { get; }

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern { get; }
}
