using System.ComponentModel;
using System.Diagnostics;

namespace Selfservice.Browser.Tests;

/// <summary>
/// The folder with axe-core, the provider and what they need, as the lock file has it: the one that SELFSERVICE_TEST_NODE names, where <c>npm ci</c> has run, or a temporary one, installed once a run.
/// </summary>
internal static class NodePackages
{
    private const string FolderVariable = "SELFSERVICE_TEST_NODE";
    private static readonly string[] s_files = ["package.json", "package-lock.json", "provider.mjs"];
    private static readonly Lazy<Task<string>> s_folder = new(FindAsync);
    private static DirectoryInfo? s_temporary;

    public static Task<string> FolderAsync() => s_folder.Value;

    public static async Task<string> AxeAsync() => await File.ReadAllTextAsync(Path.Combine(await FolderAsync(), "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Takes the temporary folder away.</summary>
    public static void Delete() => s_temporary?.Delete(recursive: true);

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
            return folder;
        s_temporary = Directory.CreateTempSubdirectory("selfservice-node-");
        foreach (var file in s_files)
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(s_temporary.FullName, file));
        await RunNpmAsync(s_temporary.FullName);
        return s_temporary.FullName;
    }

    private static async Task RunNpmAsync(string directory)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = directory, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
            var output = npm.StandardOutput.ReadToEndAsync();
            var error = await npm.StandardError.ReadToEndAsync();
            await output;
            await npm.WaitForExitAsync();
            npm.ExitCode.ShouldBe(0, error);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("npm was not found. Install the packages nodejs and npm: the accessibility scan and the OpenID provider come with them.");
        }
    }
}
