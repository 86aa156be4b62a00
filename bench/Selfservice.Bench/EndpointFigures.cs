using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Selfservice.Bench;

/// <summary>Requests per second of the hot endpoints as shares of a bare JSON endpoint in the same process, and with many identities as a share of with few.</summary>
internal static class EndpointFigures
{
    private const int Rounds = 5, Seconds = 3, WarmSeconds = 30, Few = 1_000, Many = 1_000_000;

    public static async Task MeasureAsync(string benchHost)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        var (few, many) = (Path.Combine(folder.FullName, "few.db"), Path.Combine(folder.FullName, "many.db"));
        foreach (var (database, identities) in new[] { (few, Few), (many, Many) })
        {
            // The host makes the tables.
            await using (await PublishedHost.StartAsync(benchHost, database))
            {
            }

            Population.Fill(database, identities);
        }

        await using (var small = await PublishedHost.StartAsync(benchHost, few))
        await using (var large = await PublishedHost.StartAsync(benchHost, many))
            await MeasureAsync(small, large, many, folder.FullName);
        folder.Delete(recursive: true);
    }

    private static async Task MeasureAsync(PublishedHost small, PublishedHost large, string largeDatabase, string folder)
    {
        var anyOfFew = await Population.ScriptAsync(folder, Few);
        var anyOfMany = await Population.ScriptAsync(folder, Many);
        var flow = JsonElement.Parse(await small.Client.GetStringAsync(new Uri("/self-service/login/api", UriKind.Relative))).GetProperty("id").GetString();
        var (whoami, create, fetch, size, any, bares) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // Until both hosts have compiled all of it for good: that takes many seconds of processor time, which no figure shall hold.
        foreach (var (host, script) in new[] { (small, anyOfFew), (large, anyOfMany) })
            await RateAsync(host, "/sessions/whoami", WarmSeconds, "-s", script);
        foreach (var path in new[] { "/bare", "/self-service/login/api", "/self-service/login/flows?id=" + flow })
            await RateAsync(small, path, WarmSeconds);
        for (var round = 0; round < Rounds; round++)
        {
            var before = await RateAsync(small, "/bare", Seconds);
            var signedIn = await RateAsync(small, "/sessions/whoami", Seconds, "-H", "Cookie: " + Population.Cookie(1));
            var created = await RateAsync(small, "/self-service/login/api", Seconds);
            var fetched = await RateAsync(small, "/self-service/login/flows?id=" + flow, Seconds);
            var after = await RateAsync(small, "/bare", Seconds);
            await ReadAsync(largeDatabase);
            var sameOfMany = await RateAsync(large, "/sessions/whoami", Seconds, "-s", anyOfFew);
            var ofMany = await RateAsync(large, "/sessions/whoami", Seconds, "-s", anyOfMany);
            var ofFew = await RateAsync(small, "/sessions/whoami", Seconds, "-s", anyOfFew);
            var bare = (before + after) / 2;
            bares.Add(bare);
            whoami.Add(signedIn / bare);
            create.Add(created / bare);
            fetch.Add(fetched / bare);
            size.Add(sameOfMany / ofFew);
            any.Add(ofMany / ofFew);
        }

        Figure.Told("Bare minimal-API JSON endpoint, requests a second", Figure.Median(bares), "");
        Figure.AtLeast("`GET /sessions/whoami`, share of the bare endpoint", Figure.Median(whoami), 0.5, "", Spread(whoami));
        Figure.AtLeast("Flow creation (API), share of the bare endpoint", Figure.Median(create), 0.25, "", Spread(create));
        Figure.AtLeast("Flow fetch, share of the bare endpoint", Figure.Median(fetch), 0.4, "", Spread(fetch));
        Figure.AtLeast("`whoami` of a thousand people among 1,000,000 identities, share of the same among 1,000", Figure.Median(size), 0.8, "", Spread(size));
        Figure.AtLeast("`whoami` of any of 1,000,000 identities, share of any of 1,000", Figure.Median(any), 0.8, "", Spread(any));
    }

    private static string Spread(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{values.Min():0.00} to {values.Max():0.00} in {values.Count} rounds");

    /// <summary>So that the system has the file in memory: some take back what they cache within minutes, and the figure is not about their disk.</summary>
    private static async Task ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        await stream.CopyToAsync(Stream.Null, 1 << 20);
    }

    private static async Task<double> RateAsync(PublishedHost host, string path, int seconds, params string[] options)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", "-c32", $"-d{seconds}s", .. options, new Uri(host.Address, path).ToString()]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"{path} was not always answered:\n{output}");
        var line = output.Split('\n').Single(l => l.StartsWith("Requests/sec:", StringComparison.Ordinal));
        return double.Parse(line["Requests/sec:".Length..], CultureInfo.InvariantCulture);
    }
}
