using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Selfservice.Hosting.Tests.Configuration;

/// <summary>The first thing that newcomers meet after a typing error: the sample host says what to mend, in sentences, and nothing else.</summary>
public sealed class SampleHostStartTests
{
    [Test]
    public async Task Start_WithSettingsThatCannotWork_SaysASentenceForEach()
    {
        var (code, output, errors) = await StartAsync(("Selfservice__Sesion__Lifespan", "1h"), ("ConnectionStrings__Selfservice", "nonsense"));

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.Length.ShouldBe(2, string.Join('\n', errors));
        errors.ShouldContain(e => e.Contains("Selfservice:Sesion", StringComparison.Ordinal));
        errors.ShouldContain(e => e.Contains("ConnectionStrings:Selfservice", StringComparison.Ordinal));
    }

    [Test]
    public async Task Start_WithASchemaThatIsNotThere_SaysOneSentence()
    {
        var (code, output, errors) = await StartAsync(("Selfservice__Identity__Schemas__0__Id", "default"), ("Selfservice__Identity__Schemas__0__Url", "file:///nowhere.json"));

        (code, output).ShouldBe((1, ""));
        errors.ShouldHaveSingleItem().ShouldContain("/nowhere.json");
    }

    [Test]
    public async Task Start_OnAnAddressThatSomebodyElseHas_SaysOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var (code, _, errors) = await StartAsync(("ASPNETCORE_URLS", address));

        code.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain(address);
    }

    private static async Task<(int Code, string Output, string[] Errors)> StartAsync(params (string Name, string Value)[] settings)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = bin;
        while (!File.Exists(Path.Combine(root!.FullName, "Selfservice.sln")))
            root = root.Parent;
        // Built like this assembly: bin/Debug/net10.0.
        var assembly = Path.Combine(root.FullName, "samples", "Selfservice.SampleHost", "bin", bin.Parent!.Name, bin.Name, "Selfservice.SampleHost.dll");
        var folder = Directory.CreateTempSubdirectory("selfservice-test-");
        var start = new ProcessStartInfo("dotnet", [assembly]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ((string, string)[])[("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Logging__LogLevel__Default", "Warning"), .. settings])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, (await output).Trim(), (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }
}
