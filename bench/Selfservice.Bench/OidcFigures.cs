using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Selfservice.Bench;

/// <summary>Sign-ins by a provider: the start and the callback beside a bare JSON endpoint in the same process, asked by the same clients, and the host's own processor time besides the provider's.</summary>
internal static class OidcFigures
{
    private const int Clients = 32, SignIns = 640, Rounds = 5;

    public static async Task MeasureAsync(string benchHost)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        await using (var provider = await BenchProvider.StartAsync())
        await using (var host = await PublishedHost.StartAsync(benchHost, Path.Combine(folder.FullName, "bench.db"), [.. SettingsOf(provider)]))
        using (var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 1024 }) { BaseAddress = host.Address })
            await MeasureAsync(host, browser);
        folder.Delete(recursive: true);
    }

    private static IEnumerable<(string Name, string Value)> SettingsOf(BenchProvider provider) =>
    [
        ("Clients:Http:DisallowPrivateIpRanges", "false"),
        ("Methods:Oidc:Enabled", "true"),
        ("Methods:Oidc:Config:Providers:0:Id", "bench"),
        ("Methods:Oidc:Config:Providers:0:Provider", "generic"),
        ("Methods:Oidc:Config:Providers:0:IssuerUrl", provider.Issuer),
        ("Methods:Oidc:Config:Providers:0:ClientId", BenchProvider.ClientId),
        ("Methods:Oidc:Config:Providers:0:ClientSecret", "a secret that protects nothing"),
    ];

    private static async Task MeasureAsync(PublishedHost host, HttpClient browser)
    {
        var (starts, callbacks, times) = (new List<double>(), new List<double>(), new List<double>());
        // The first sign-in signs up; the first round warms up.
        await CallBackAsync(browser, await StartAsync(browser, await BeginAsync(browser)));
        for (var round = -1; round < Rounds; round++)
        {
            var flows = await EachAsync(Enumerable.Range(0, SignIns), _ => BeginAsync(browser));
            var before = await RateAsync(browser);
            var used = host.ProcessorTime;
            var pages = await EachAsync(flows.Result, flow => StartAsync(browser, flow));
            var startTime = host.ProcessorTime - used;
            used = host.ProcessorTime;
            var ended = await EachAsync(pages.Result, page => CallBackAsync(browser, page));
            var callbackTime = host.ProcessorTime - used;
            var bare = (before + await RateAsync(browser)) / 2;
            if (round < 0)
                continue;
            starts.Add(pages.PerSecond / bare);
            callbacks.Add(ended.PerSecond / bare);
            times.Add((startTime + callbackTime).TotalMilliseconds / SignIns);
        }

        Figure.Told("Social sign-in: start, share of the bare endpoint", Figure.Median(starts), "", Spread(starts));
        Figure.Told("Social sign-in: callback with a provider on the same machine, share of the bare endpoint", Figure.Median(callbacks), "", Spread(callbacks));
        Figure.Told("Social sign-in: the host's processor time for start and callback, without the provider's", Figure.Median(times), " ms", Spread(times));
    }

    private static string Spread(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{values.Min():0.000} to {values.Max():0.000} in {values.Count} rounds");

    private static async Task<double> RateAsync(HttpClient browser) => (await EachAsync(Enumerable.Range(0, 4 * SignIns), async _ =>
    {
        using var answer = await browser.GetAsync(new Uri("/bare", UriKind.Relative));
        return answer.EnsureSuccessStatusCode().StatusCode;
    })).PerSecond;

    /// <summary>Does something for each item, in as many hands as there are clients.</summary>
    private static async Task<(TResult[] Result, double PerSecond)> EachAsync<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> act)
    {
        var all = items.ToArray();
        var (results, next, start) = (new TResult[all.Length], -1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < all.Length; i = Interlocked.Increment(ref next))
                results[i] = await act(all[i]);
        }));
        return (results, all.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<Uri> BeginAsync(HttpClient browser)
    {
        var flow = await browser.GetFromJsonAsync<JsonElement>(new Uri("/self-service/login/api?return_session_token_exchange_code=true", UriKind.Relative));
        return new Uri(flow.GetProperty("ui").GetProperty("action").GetString()!);
    }

    /// <summary>The query of the page at the provider.</summary>
    private static async Task<Dictionary<string, string>> StartAsync(HttpClient browser, Uri action)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = JsonContent.Create(new { method = "oidc", provider = "bench" }), Headers = { { "Accept", "application/json" } } };
        using var answer = await browser.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.UnprocessableEntity)
            throw new InvalidOperationException($"A start was answered with {answer.StatusCode}.");
        var page = new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("redirect_browser_to").GetString()!);
        return page.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
    }

    private static async Task<string> CallBackAsync(HttpClient browser, Dictionary<string, string> page)
    {
        using var answer = await browser.GetAsync(new Uri($"{page["redirect_uri"]}?code={page["nonce"]}&state={page["state"]}"));
        var location = answer.Headers.Location?.OriginalString ?? "";
        return location.Contains("code=", StringComparison.Ordinal) ? location : throw new InvalidOperationException($"A callback was answered with {answer.StatusCode} and {location}.");
    }
}
