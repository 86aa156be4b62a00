using System.Diagnostics;

namespace Selfservice.Browser.Tests;

/// <summary>Two providers in a process of their own, one for all fixtures: the certified oidc-provider.</summary>
internal sealed class OpenIdProviders
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<OpenIdProviders>> s_ofThisRun = new(StartAsync);
    private readonly Process _process;

    private OpenIdProviders(Process process, string first, string second) => (_process, First, Second) = (process, first, second);

    public string First { get; }

    public string Second { get; }

    /// <summary>What a host needs to sign people in with both.</summary>
    public Dictionary<string, string?> Settings => new(
    [
        KeyValuePair.Create("Selfservice:Clients:Http:DisallowPrivateIpRanges", (string?)"false"),
        KeyValuePair.Create("Selfservice:Methods:Oidc:Enabled", (string?)"true"),
        .. Provider(0, "first", "First Works", First),
        .. Provider(1, "second", "Second Works", Second),
    ]);

    /// <summary>The providers of this run: those of one fixture know nothing of another's people, because the hosts have databases of their own.</summary>
    public static Task<OpenIdProviders> OfThisRunAsync() => s_ofThisRun.Value;

    /// <summary>Ends the providers, where a test asked for them.</summary>
    public static async Task StopAsync()
    {
        if (!s_ofThisRun.IsValueCreated || !s_ofThisRun.Value.IsCompletedSuccessfully)
            return;
        using var process = (await s_ofThisRun.Value)._process;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>A process was once seen to be silent for minutes on a busy machine; a second one is given a chance, and the first is told of.</summary>
    private static async Task<OpenIdProviders> StartAsync()
    {
        try
        {
            return await TryStartAsync();
        }
        catch (TimeoutException e)
        {
            await TestContext.Progress.WriteLineAsync(e.Message);
            return await TryStartAsync();
        }
    }

    private static async Task<OpenIdProviders> TryStartAsync()
    {
        var folder = await NodePackages.FolderAsync();
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "provider.mjs"), "0", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("node did not start.");
        // What it warns of fills a pipe that somebody must read.
        var warnings = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var first = await IssuerAsync(process, patience.Token);
            var second = await IssuerAsync(process, patience.Token);
            _ = process.StandardOutput.ReadToEndAsync();
            return new(process, first, second);
        }
        catch (OperationCanceledException)
        {
            var state = process.HasExited ? $"had ended with {process.ExitCode}" : $"was running, {process.TotalProcessorTime.TotalSeconds:F1} s of processor time";
            using var silent = process;
            silent.Kill();
            throw new TimeoutException($"The providers were not ready after {s_patience.TotalSeconds:F0} s; the process {state}. It said: {await warnings}");
        }
    }

    private static async Task<string> IssuerAsync(Process process, CancellationToken cancellation)
    {
        const string ready = " is ready";
        var line = (await process.StandardOutput.ReadLineAsync(cancellation)).ShouldNotBeNull("The providers ended before they were ready.");
        line.ShouldEndWith(ready);
        return line[..^ready.Length];
    }

    private static IEnumerable<KeyValuePair<string, string?>> Provider(int number, string id, string label, string issuer)
    {
        (string Name, string Value)[] settings =
        [
            ("Id", id), ("Label", label), ("Provider", "generic"), ("IssuerUrl", issuer), ("ClientId", "selfservice"), ("ClientSecret", "selfservice-secret"), ("AcceptIdTokens", "true"),
            ("Scope:0", "email"), ("Scope:1", "profile"),
            ("Map:0:To", "traits.email"), ("Map:0:From", "email"), ("Map:0:When", "email_verified"), ("Map:1:To", "traits.name"), ("Map:1:From", "name"),
        ];
        return settings.Select(s => KeyValuePair.Create($"Selfservice:Methods:Oidc:Config:Providers:{number}:{s.Name}", (string?)s.Value));
    }
}
