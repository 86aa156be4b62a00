using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>The page about Jsonnet, as far as it is about the command; its tables of types are checked with all others.</summary>
public sealed partial class JsonnetPageTests
{
    [Test]
    public void Page_ListsTheOptionsOfTheCommandAndNoOther()
    {
        // The command's class is internal to the tool, so the switch that reads the command line is the source.
        var accepted = CasePattern.Matches(File.ReadAllText(Repository.PathOf("Selfservice.Cli/Jsonnet/JsonnetOptions.cs"))).SelectMany(m => NamePattern.Matches(m.Value)).Select(m => m.Groups[1].Value);
        var said = MarkdownTable.In(Repository.Page("docs/jsonnet.md")).Single(t => t.Head[0] == "Option").Rows
            .SelectMany(r => MarkdownTable.Code(r[0])).Select(code => code.Split(' ')[0]).Where(word => word.Length > 1 && word[0] == '-');
        said.Order(StringComparer.Ordinal).ShouldBe(accepted.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"case (?:""[^""]+""(?: or )?)+:", RegexOptions.CultureInvariant)]
    private static partial Regex CasePattern { get; }

    [GeneratedRegex(@"""(-[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }
}
