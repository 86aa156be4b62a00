namespace Selfservice.Docs.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find();

    /// <summary>The pages that readers see: the README, the pages of <c>docs</c>, and the files beside the README.</summary>
    public static IEnumerable<Page> Pages => Root.GetFiles("*.md").Concat(new DirectoryInfo(PathOf("docs")).GetFiles("*.md", SearchOption.AllDirectories))
        .Select(file => Page(Path.GetRelativePath(Root.FullName, file.FullName))).OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>What the packages say about themselves where they are offered; each lies in the folder of its library.</summary>
    public static IEnumerable<Page> PackagePages => Root.GetDirectories("Selfservice*").Where(folder => File.Exists(Path.Combine(folder.FullName, folder.Name + ".csproj")))
        .Select(folder => Page($"{folder.Name}/README.md")).OrderBy(p => p.Name, StringComparer.Ordinal);

    public static string PathOf(string relative) => Path.Combine(Root.FullName, relative);

    public static Page Page(string name) => new(name.Replace('\\', '/'), File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n"));

    private static DirectoryInfo Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Selfservice.sln")))
            folder = folder.Parent;
        return folder;
    }
}

/// <summary>A page of the documentation.</summary>
/// <param name="Name">Its path in the repository.</param>
/// <param name="Text">Its text.</param>
internal sealed record Page(string Name, string Text)
{
    /// <summary>Where test runners show cases by their argument.</summary>
    public override string ToString() => Name;
}
