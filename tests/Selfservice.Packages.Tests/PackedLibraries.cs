using System.Reflection;

namespace Selfservice.Packages.Tests;

/// <summary>Every library of the repository, packed once for all tests by the script that packs a release, under a version that no cache can know.</summary>
[SetUpFixture]
internal sealed class PackedLibraries
{
    private static DirectoryInfo? folder;

    public static string Version { get; } = $"0.0.0-test{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";

    public static string Repository => Path.GetFullPath(Metadata("Repository"));

    /// <summary>Where this build's own packages lie: what a new project takes from there needs no download.</summary>
    public static string GlobalPackagesFolder => Metadata("GlobalPackagesFolder");

    public static string Folder => Path.Combine(folder!.FullName, "packed");

    /// <summary>Ids of all libraries: a folder of its own name at the top of the repository, by the rule of Directory.Build.props.</summary>
    public static IEnumerable<string> Ids => new DirectoryInfo(Repository).GetDirectories("Selfservice*")
        .Select(d => d.Name).Where(name => File.Exists(Path.Combine(Repository, name, name + ".csproj")));

    [OneTimeSetUp]
    public static async Task PackAsync()
    {
        folder = Directory.CreateTempSubdirectory("selfservice-packages-");
        await Command.RunAsync(Command.Start(
            Repository, "bash", "eng/pack.sh", Folder, "--no-build", "-c", Metadata("Configuration"), $"-p:Version={Version}"));
    }

    [OneTimeTearDown]
    public static void Delete() => folder?.Delete(recursive: true);

    private static string Metadata(string key) =>
        typeof(PackedLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
