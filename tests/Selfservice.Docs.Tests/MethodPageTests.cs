using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Strategies;
using Selfservice.Testing.Hosts;

namespace Selfservice.Docs.Tests;

/// <summary>Every method has a page of its own.</summary>
public sealed partial class MethodPageTests
{
    private const string Methods = "Selfservice:Methods:";

    [Test]
    public async Task EveryMethod_HasAPage()
    {
        await using var host = await SelfserviceTestHost.StartAsync(selfservice => selfservice.AddPassword().AddCode().AddLink().AddOidc());
        Pages.Order(StringComparer.Ordinal).ShouldBe(host.Services.GetServices<IStrategy>().Select(s => s.Id.Name).Distinct().Select(name => name.Replace('_', '-')).Order(StringComparer.Ordinal));
    }

    [Test]
    public void Pages_ListTheSettingsOfTheirMethodWithTheirDefaults()
    {
        var methods = OptionPath.All.Where(o => o.Path.StartsWith(Methods, StringComparison.Ordinal)).GroupBy(o => o.Path[Methods.Length..].Split(':')[0]).ToArray();
        methods.ShouldNotBeEmpty();
        foreach (var method in methods)
            Said(HumpPattern.Replace(method.Key, "-").ToLowerInvariant()).Select(s => s.Path).Where(path => path.StartsWith(Methods, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .ShouldBe(method.Select(o => o.Path), method.Key);
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_SaysTheDefaults(string name)
    {
        foreach (var (path, text) in Said(name))
            text.ShouldBe(OptionPath.All.Single(o => o.Path == path).Default, path);
    }

    private static IEnumerable<string?> Pages => Directory.GetFiles(Repository.PathOf("docs/methods"), "*.md").Select(Path.GetFileNameWithoutExtension);

    private static IEnumerable<(string Path, string Default)> Said(string name) =>
        MarkdownTable.In(Repository.Page($"docs/methods/{name}.md")).Where(t => t.Head is ["Path", "Default", ..]).SelectMany(t => t.Rows).Select(row => (row[0].Trim('`'), row[1].Trim('`')));

    /// <summary>Between the words of a name: <c>LookupSecret</c> has the page <c>lookup-secret.md</c>.</summary>
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex HumpPattern { get; }
}
