using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>The page of all settings, compared with the option classes in both directions.</summary>
public sealed partial class ConfigurationPageTests
{
    private static IEnumerable<IReadOnlyList<string>> Rows =>
        MarkdownTable.In(Repository.Page("docs/configuration.md")).Where(t => t.Head is ["Path", "Type", "Default", ..]).SelectMany(t => t.Rows);

    [Test]
    public void Page_ListsEverySettingThatExistsAndNoOther() =>
        Rows.Select(Path).Order(StringComparer.Ordinal).ShouldBe(OptionPath.All.Select(o => o.Path));

    [Test]
    public void Page_SaysTypeAndDefaultOfEachSetting()
    {
        var said = Rows.ToDictionary(Path, row => new OptionPath(Path(row), row[1], row[2].Trim('`')));
        foreach (var option in OptionPath.All)
            said[option.Path].ShouldBe(option);
    }

    [Test]
    public void Page_SaysWhatEachSettingMeans() => Rows.ShouldAllBe(row => row.Count == 5 && row[4].Length > 10);

    /// <summary>An operator copies paths from any page; one that means nothing would stop the host.</summary>
    [Test]
    public void EveryPage_NamesOnlySettingsThatExist()
    {
        var known = OptionPath.All.SelectMany(o => Ancestors(o.Path)).ToHashSet(StringComparer.Ordinal);
        var unknown = from page in Repository.Pages.Concat(Repository.PackagePages)
                      from Match match in PathPattern.Matches(page.Text)
                      let path = Normal(match.Value.Replace("__", ":", StringComparison.Ordinal))
                      where !known.Contains(path) && !Examples.Contains(path)
                      select $"{page}: {match.Value}";
        unknown.ShouldBeEmpty();
    }

    /// <summary>The sample method's own settings, which only a host that adds it knows, and the section that docs/courier.md lists; the courier's own tests compare that page.</summary>
    private static readonly string[] Examples =
        ["Selfservice:Methods:Badge", "Selfservice:Methods:Badge:Enabled", "Selfservice:Courier", "Selfservice:Courier:Smtp:ConnectionUri", "Selfservice:Courier:Smtp:FromAddress"];

    private static string Path(IReadOnlyList<string> row) => row[0].Trim('`');

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var parts = path.Split(':'); parts.Length > 0; parts = parts[..^1])
            yield return string.Join(':', parts);
    }

    /// <summary>The path in the form of the page: the first element of a list, and a method's name as a placeholder.</summary>
    private static string Normal(string path) => MethodPattern.Replace(IndexPattern.Replace(path, ":0"), "$1{method}");

    [GeneratedRegex(@"\bSelfservice(?:(?::|__)(?:\w+?(?=:|__|\b)|\{method\}))+", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern { get; }

    [GeneratedRegex(@":\d+(?=:|$)", RegexOptions.CultureInvariant)]
    private static partial Regex IndexPattern { get; }

    [GeneratedRegex(@"(Flows:(?:Login|Registration):After:)(?!DefaultBrowserReturnUrl|Hooks)\w+", RegexOptions.CultureInvariant)]
    private static partial Regex MethodPattern { get; }
}
