using System.IO.Compression;
using System.Xml.Linq;

namespace Selfservice.Packages.Tests;

[TestFixture]
public sealed class PackageContentTests
{
    private static IEnumerable<string> Ids => PackedLibraries.Ids;

    [Test]
    public void Packages_AreOneForEachLibrary() =>
        Directory.GetFiles(PackedLibraries.Folder, "*.nupkg").Select(Path.GetFileName)
            .ShouldBe(Ids.Select(id => $"{id}.{PackedLibraries.Version}.nupkg"), ignoreOrder: true);

    [TestCaseSource(nameof(Ids))]
    public void Package_CarriesReadmeLicenceAndDocumentation(string id)
    {
        using var package = Open(id, "nupkg");
        var names = package.Entries.Where(e => e.Length > 0).Select(e => e.FullName).ToArray();
        Text(package, "README.md").ShouldStartWith($"# {id}\n");
        names.ShouldContain("LICENSE");
        var assembly = names.Single(n => Path.GetFileName(n) == id + ".dll");
        names.ShouldContain(Path.ChangeExtension(assembly, "xml"));

        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        Value(metadata, "license").ShouldBe("Apache-2.0");
        Value(metadata, "readme").ShouldBe("README.md");
        Value(metadata, "description").ShouldNotStartWith("Package Description");
        metadata.Elements().Single(e => e.Name.LocalName == "repository").Attribute("commit")!.Value.Length.ShouldBe(40);
    }

    [TestCaseSource(nameof(Ids))]
    public void Package_NeedsLibrariesOfItsOwnVersionAndNoToolOfTheBuild(string id)
    {
        using var package = Open(id, "nupkg");
        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        foreach (var dependency in XDocument.Load(stream).Descendants().Where(e => e.Name.LocalName == "dependency"))
        {
            var name = dependency.Attribute("id")!.Value;
            name.ShouldNotContain("Analyzers");
            if (name.StartsWith("Selfservice", StringComparison.Ordinal))
                dependency.Attribute("version")!.Value.ShouldBe(PackedLibraries.Version);
        }
    }

    [TestCaseSource(nameof(Ids))]
    public void Symbols_AreBesideThePackage(string id)
    {
        using var symbols = Open(id, "snupkg");
        symbols.Entries.ShouldContain(e => e.Name == id + ".pdb" && e.Length > 0);
    }

    private static ZipArchive Open(string id, string extension) =>
        ZipFile.OpenRead(Path.Combine(PackedLibraries.Folder, $"{id}.{PackedLibraries.Version}.{extension}"));

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name).ShouldNotBeNull().Open());
        return reader.ReadToEnd();
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
}
