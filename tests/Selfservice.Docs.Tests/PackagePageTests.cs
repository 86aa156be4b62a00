using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>What a package says about itself is read where the repository is not: nothing in it may lead back here.</summary>
public sealed partial class PackagePageTests
{
    public static IEnumerable<TestCaseData> Pages => Repository.PackagePages.Select(p => new TestCaseData(p.Name, p.Text).SetArgDisplayNames(p.Name));

    [TestCaseSource(nameof(Pages))]
    public void Page_IsAboutItsPackageAndStandsAlone(string name, string text)
    {
        text.ShouldStartWith($"# {Path.GetDirectoryName(name)}\n\n");
        LinkPattern.Matches(text).Select(m => m.Groups[1].Value).Where(target => !target.StartsWith("https://", StringComparison.Ordinal)).ShouldBeEmpty();
        // Where packages are offered, comments may be shown.
        text.ShouldNotContain("<!--");
        text.ShouldContain("```");
    }

    /// <summary>The shortest start is written twice, and tried once: by the tests of the packages, as the README has it.</summary>
    [Test]
    public void Metapackage_BeginsAsTheReadmeDoes() =>
        CodeSample.In(Repository.Page("Selfservice/README.md")).First().Code.ShouldBe(CodeSample.In(Repository.Page("README.md")).First().Code);

    [GeneratedRegex(@"\]\(([^)\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern { get; }
}
