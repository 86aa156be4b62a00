using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Selfservice.Browser.Tests;

/// <summary>Two providers of their own, in a process of their own: the certified oidc-provider.</summary>
internal sealed class OpenIdProviders : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
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

    public static async Task<OpenIdProviders> StartAsync()
    {
        var folder = await NodePackages.FolderAsync();
        var (first, second) = (FreePort(), FreePort());
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "provider.mjs"), $"{first}", $"{second}"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("node did not start.");
        // What it warns of fills a pipe that somebody must read.
        _ = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        for (var ready = 0; ready < 2; ready++)
            (await process.StandardOutput.ReadLineAsync(patience.Token)).ShouldNotBeNull("The provider ended before it was ready.").ShouldEndWith("is ready");
        _ = process.StandardOutput.ReadToEndAsync();
        return new(process, $"http://127.0.0.1:{first}", $"http://127.0.0.1:{second}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
