using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Selfservice.Docs.Tests;

/// <summary>The picture of the packages, compared with the project files.</summary>
public sealed partial class ArchitecturePageTests
{
    [Test]
    public void Picture_ShowsEveryReferenceThatExistsAndNoOther() => Drawn().Order(StringComparer.Ordinal).ShouldBe(Referenced().Order(StringComparer.Ordinal));

    [Test]
    public void Capabilities_AreThoseThatAMethodCanHave() =>
        MarkdownTable.In(Repository.Page("docs/architecture.md")).Single(t => t.Head[0] == "Capability").Rows.SelectMany(r => MarkdownTable.Code(r[0])).Order(StringComparer.Ordinal).ShouldBe(
            typeof(Strategies.IStrategy).Assembly.GetExportedTypes().Where(t => t.IsInterface && t != typeof(Strategies.IStrategy))
                .Where(t => typeof(Strategies.IStrategy).IsAssignableFrom(t) || t == typeof(Administration.ICredentialImporter)).Select(t => t.Name).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Drawn()
    {
        var lines = PicturePattern.Match(Repository.Page("docs/architecture.md").Text).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var nodes = lines.Select(l => NodePattern.Match(l)).Where(m => m.Success).ToDictionary(m => m.Groups["id"].Value, m => m.Groups["package"].Value);
        nodes.Values.Order(StringComparer.Ordinal).ShouldBe(Projects().Select(p => p.Name).Order(StringComparer.Ordinal));
        return from line in lines
               let arrow = line.Split("-->")
               where arrow.Length == 2
               from target in arrow[1].Split('&')
               select $"{nodes[NodePattern.Match(line).Groups["id"].Value]} -> {nodes[target.Trim()]}";
    }

    private static IEnumerable<string> Referenced() =>
        from project in Projects()
        from reference in XDocument.Load(Path.Combine(project.FullName, project.Name + ".csproj")).Descendants("ProjectReference")
        select $"{project.Name} -> {Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))}";

    private static IEnumerable<DirectoryInfo> Projects() => Repository.PackagePages.Select(p => new DirectoryInfo(Repository.PathOf(Path.GetDirectoryName(p.Name)!)));

    [GeneratedRegex(@"```mermaid\nflowchart BT\n(.*?)```", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex PicturePattern { get; }

    [GeneratedRegex(@"^\s*(?<id>\w+)\[(?<package>[\w.]+)<br/>[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex NodePattern { get; }
}
