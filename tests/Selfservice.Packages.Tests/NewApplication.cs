using System.Diagnostics;
using System.Text;

namespace Selfservice.Packages.Tests;

/// <summary>The web application that <c>dotnet new web</c> makes, outside the repository, with the packed libraries as its only extra source of packages.</summary>
internal sealed class NewApplication : IDisposable
{
    private const string Name = "Newcomer";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("selfservice-newcomer-");
    private Process? _host;

    public async Task CreateAsync(string program)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{PackedLibraries.Folder}" /></packageSources>
              <fallbackPackageFolders><add key="downloaded" value="{PackedLibraries.GlobalPackagesFolder}" /></fallbackPackageFolders>
            </configuration>
            """);
        await RunAsync("new", "web", "--name", Name, "--output", ".", "--no-restore");
        await RunAsync("add", "package", "Selfservice", "--version", PackedLibraries.Version);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "Program.cs"), program);
        await RunAsync("build", "--no-restore");
    }

    /// <summary>Starts the application as in development on a free port, and answers its address.</summary>
    public async Task<Uri> StartAsync()
    {
        var assembly = Path.Combine(_folder.FullName, "bin", "Debug", "net10.0", Name + ".dll");
        var start = Dotnet(assembly, "--urls", "http://127.0.0.1:0");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        // A test asks nobody else about its passwords.
        start.Environment["Selfservice__Methods__Password__Config__HaveibeenpwnedEnabled"] = "false";
        const string announcement = "Now listening on: ";
        var listening = new TaskCompletionSource<Uri>();
        var output = new StringBuilder();
        _host = new Process { StartInfo = start };
        _host.OutputDataReceived += (_, e) =>
        {
            output.AppendLine(e.Data);
            if (e.Data is null)
                listening.TrySetException(new InvalidOperationException($"The application ended before it listened:\n{output}"));
            else if (e.Data.IndexOf(announcement, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(e.Data[(at + announcement.Length)..]));
        };
        _host.Start();
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
        return await listening.Task.WaitAsync(StartLimit);
    }

    public void Dispose()
    {
        if (_host is not null)
        {
            _host.Kill(entireProcessTree: true);
            _host.WaitForExit();
            _host.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private Task<string> RunAsync(params string[] arguments) => Command.RunAsync(Dotnet(arguments));

    private ProcessStartInfo Dotnet(params string[] arguments)
    {
        var start = Command.Start(_folder.FullName, "dotnet", arguments);
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "packages");
        return start;
    }
}
