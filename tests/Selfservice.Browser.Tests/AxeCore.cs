using System.ComponentModel;
using System.Diagnostics;

namespace Selfservice.Browser.Tests;

/// <summary>The script of axe-core, installed by the lock file into a temporary directory once a run.</summary>
internal static class AxeCore
{
    private static readonly Lazy<Task<string>> s_script = new(InstallAsync);

    public static Task<string> ScriptAsync() => s_script.Value;

    private static async Task<string> InstallAsync()
    {
        var directory = Directory.CreateTempSubdirectory("selfservice-axe-");
        try
        {
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(directory.FullName, file));
            await RunNpmAsync(directory.FullName);
            return await File.ReadAllTextAsync(Path.Combine(directory.FullName, "node_modules", "axe-core", "axe.min.js"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
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
            Assert.Ignore("npm was not found. Install the packages nodejs and npm: the accessibility scan gets axe-core with them.");
        }
    }
}
