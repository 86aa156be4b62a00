using System.Diagnostics;

namespace Selfservice.Courier.Tests.Servers;

/// <summary>The sample host in a process of its own, which can be killed as a machine dies.</summary>
internal static class SampleHost
{
    /// <summary>Starts it in Development.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="database">The connection string of its database.</param>
    /// <param name="mailServer">The address of its mail server.</param>
    /// <param name="settings">Further environment variables.</param>
    public static Process Start(string url, string database, string mailServer, params IEnumerable<(string Name, string Value)> settings)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output;
        while (!File.Exists(Path.Combine(root!.FullName, "Selfservice.sln")))
            root = root.Parent;
        // Built like this assembly: bin/Debug/net10.0.
        var sample = Path.Combine(root.FullName, "samples", "Selfservice.SampleHost", "bin", output.Parent!.Name, output.Name, "Selfservice.SampleHost.dll");
        var start = new ProcessStartInfo("dotnet", [sample]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings.Concat([
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", url), ("ConnectionStrings__Selfservice", database), ("Logging__LogLevel__Default", "None"),
            ("Selfservice__Courier__Smtp__ConnectionUri", $"smtp://{mailServer}/?disable_starttls=true"), ("Selfservice__Courier__Worker__PullWait", "10ms"),
        ]))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
