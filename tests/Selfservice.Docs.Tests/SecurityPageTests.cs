using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>The page about security, compared with what tests say they prove.</summary>
public sealed partial class SecurityPageTests
{
    [Test]
    public void Page_NamesEveryItemThatATestProves()
    {
        var items = MarkdownTable.In(Repository.Page("docs/security.md")).Where(t => t.Head[0] == "Item").SelectMany(t => t.Rows).SelectMany(r => r[0].Split(", "));
        var proven = Directory.GetFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => ChecklistPattern.Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value).ToArray();
        proven.ShouldNotBeEmpty();
        proven.Except(items).ShouldBeEmpty();
    }

    [GeneratedRegex("""\[Property\("Checklist", "([^"]+)"\)\]""", RegexOptions.CultureInvariant)]
    private static partial Regex ChecklistPattern { get; }
}
