using System.Xml.Linq;

namespace Selfservice.Core.Tests;

/// <summary>Which package may know which: read from the project files, so that a reference that no code uses yet is found too.</summary>
public sealed class ArchitectureTests
{
    [TestCase("Selfservice.Core")]
    [TestCase("Selfservice.Jsonnet")]
    [TestCase("Selfservice.Courier", "Selfservice.Core", "Selfservice.Jsonnet")]
    [TestCase("Selfservice.WebHooks", "Selfservice.Core", "Selfservice.Jsonnet")]
    [TestCase("Selfservice.Hosting", "Selfservice.Core")]
    [TestCase("Selfservice.Persistence", "Selfservice.Core")]
    [TestCase("Selfservice.Strategies.Password", "Selfservice.Core")]
    [TestCase("Selfservice.Strategies.Oidc", "Selfservice.Core")]
    [TestCase("Selfservice.Strategies.Oidc.Jsonnet", "Selfservice.Strategies.Oidc", "Selfservice.Jsonnet")]
    [TestCase("Selfservice.Ui", "Selfservice.Core", "Selfservice.Hosting")]
    public void References_AreAllowed(string project, params string[] allowed) =>
        Items(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).ShouldBeSubsetOf(allowed);

    [Test]
    public void References_OfEveryStrategy_AreCoreAndWhatKnowsNothingOfOurs()
    {
        // An adapter knows the strategy that it is part of besides.
        foreach (var folder in Root.GetDirectories("Selfservice.Strategies.*").Where(f => f.Name != "Selfservice.Strategies.Oidc.Jsonnet"))
            Items(folder.Name, "ProjectReference").Select(Path.GetFileNameWithoutExtension).ShouldBeSubsetOf(["Selfservice.Core", "Selfservice.Jsonnet"]);
    }

    [Test]
    public void Core_KnowsNoWebHost()
    {
        Items("Selfservice.Core", "FrameworkReference").ShouldBeEmpty();
        typeof(Selfservice.Flows.Flow).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Selfservice", StringComparison.Ordinal));
    }

    private static DirectoryInfo Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Directory.Packages.props")))
                folder = folder.Parent;
            return folder;
        }
    }

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Path.Combine(Root.FullName, project, project + ".csproj")).Descendants(item).Select(e => ((string?)e.Attribute("Include") ?? "").Replace('\\', '/'));
}
