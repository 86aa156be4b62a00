using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Bench;

/// <summary>Password logins of many clients on SQLite, beside the hash alone; and what tells a known identifier from an unknown one.</summary>
internal static class LoginFigures
{
    private const int Clients = 256, Accounts = 32, Rounds = 5, Pairs = 600;
    private const string Password = "a long bench password 4711";
    private static readonly TimeSpan HashSeconds = TimeSpan.FromSeconds(4), WarmSeconds = TimeSpan.FromSeconds(5), LoginSeconds = TimeSpan.FromSeconds(10);

    public static async Task MeasureAsync(string sampleHost)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        await using (var host = await PublishedHost.StartAsync(sampleHost, Path.Combine(folder.FullName, "bench.db")))
        {
            for (var account = 0; account < Accounts; account++)
                await RegisterAsync(host.Client, account);
            var before = host.ResidentMegabytes;
            await MeasureLoadAsync(host);
            var slots = Environment.ProcessorCount * 19;
            Figure.AtMost("Logins: resident memory at the peak of 256 clients, beyond that of a warm host", host.PeakResidentMegabytes - before, slots + 64, " MB",
                $"{host.PeakResidentMegabytes:0} MB in all; {Environment.ProcessorCount} hash slots of 19 MB, and 64 MB for the clients");
        }

        // Where failures are limited, answers beyond the limit come without a hash: there is nothing to compare.
        await using (var host = await PublishedHost.StartAsync(
            sampleHost, Path.Combine(folder.FullName, "bench.db"), ("Methods:Password:Config:FailedLogins:PerIdentifier", "0"), ("Methods:Password:Config:FailedLogins:PerClient", "0")))
            await MeasureDifferenceAsync(host.Client);

        folder.Delete(recursive: true);
    }

    private static async Task MeasureLoadAsync(PublishedHost host)
    {
        using var hasher = new Argon2idPasswordHasher(new PasswordHashingOptions(), [], TimeProvider.System);
        var encoded = await hasher.HashAsync(Password, CancellationToken.None);
        var (rates, shares, logins, errors) = (new List<double>(), new List<double>(), new List<double>(), 0);
        // Until the host has compiled all of it for good.
        await LoginAsync(host);
        for (var round = 0; round < Rounds; round++)
        {
            var hashes = await HashAsync(hasher, encoded);
            var load = await LoginAsync(host);
            var again = await HashAsync(hasher, encoded);
            errors += load.Errors;
            logins.Add(load.PerSecond);
            rates.Add(load.PerSecond / ((hashes.PerSecond + again.PerSecond) / 2));
            shares.Add((hashes.Processor + again.Processor) / 2 / load.Processor);
        }

        Figure.AtLeast($"Logins: {Clients} clients on SQLite, share of the machine's pure hash rate", Figure.Median(rates), 0.9, "", $"{Figure.Median(logins):0.0} logins a second");
        Figure.AtMost($"Logins: errors among {Clients} clients", errors, 0, "");
        Figure.AtLeast("Logins: share of the hash in the host's processor time", Figure.Median(shares), 0.9, "");
    }

    /// <summary>As many hashes as the machine makes with a loop on each processor: how many a second, and the processor time of one.</summary>
    private static async Task<(double PerSecond, double Processor)> HashAsync(Argon2idPasswordHasher hasher, string encoded)
    {
        using var process = Process.GetCurrentProcess();
        var (start, processor, count) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime, 0);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < HashSeconds)
            {
                await hasher.VerifyAsync(Password, encoded, CancellationToken.None);
                Interlocked.Increment(ref count);
            }
        }));
        process.Refresh();
        return (count / Stopwatch.GetElapsedTime(start).TotalSeconds, (process.TotalProcessorTime - processor).TotalSeconds / count);
    }

    private static async Task<(double PerSecond, double Processor, int Errors)> LoginAsync(PublishedHost host)
    {
        using var stop = new CancellationTokenSource();
        var (count, errors) = (0, 0);
        var clients = Enumerable.Range(0, Clients).Select(async client =>
        {
            while (!stop.IsCancellationRequested)
            {
                var status = await SignInAsync(host.Client, Email(client % Accounts), Password);
                Interlocked.Increment(ref status == 200 ? ref count : ref errors);
            }
        }).ToArray();
        await Task.Delay(WarmSeconds);
        var (start, processor, first) = (Stopwatch.GetTimestamp(), host.ProcessorTime, Volatile.Read(ref count));
        await Task.Delay(LoginSeconds);
        var (seconds, used, done) = (Stopwatch.GetElapsedTime(start).TotalSeconds, host.ProcessorTime - processor, Volatile.Read(ref count) - first);
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        return (done / seconds, used.TotalSeconds / done, errors);
    }

    private static async Task MeasureDifferenceAsync(HttpClient client)
    {
        var (unknown, wrong) = (new List<double>(), new List<double>());
        for (var i = -20; i < Pairs; i++)
        {
            // Now the one first, now the other, so that what comes and goes on the machine meets both.
            var first = await RefusedAsync(client, i % 2 == 0 ? "nobody@example.org" : Email(0));
            var second = await RefusedAsync(client, i % 2 == 0 ? Email(0) : "nobody@example.org");
            if (i < 0)
                continue;
            unknown.Add(i % 2 == 0 ? first : second);
            wrong.Add(i % 2 == 0 ? second : first);
        }

        var (a, b) = (Figure.Median(unknown), Figure.Median(wrong));
        Figure.AtMost("Logins: unknown identifier and wrong password, difference of the medians", Math.Abs(a - b) / b * 100, 2, " %", $"{a:0.00} and {b:0.00} ms, {Pairs} each");
    }

    private static async Task<double> RefusedAsync(HttpClient client, string identifier)
    {
        var action = await NewFlowAsync(client, "login");
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsJsonAsync(action, new { method = "password", identifier, password = "not the password 4711" });
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (int)answer.StatusCode == 400 ? time : throw new InvalidOperationException($"A wrong login was answered with {answer.StatusCode}.");
    }

    private static async Task RegisterAsync(HttpClient client, int account)
    {
        var action = await NewFlowAsync(client, "registration");
        using var answer = await client.PostAsJsonAsync(action, new { method = "password", traits = new { email = Email(account) }, password = Password });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<int> SignInAsync(HttpClient client, string identifier, string password)
    {
        var action = await NewFlowAsync(client, "login");
        using var answer = await client.PostAsJsonAsync(action, new { method = "password", identifier, password });
        await answer.Content.CopyToAsync(Stream.Null);
        return (int)answer.StatusCode;
    }

    private static async Task<Uri> NewFlowAsync(HttpClient client, string kind)
    {
        var flow = await client.GetFromJsonAsync<JsonElement>(new Uri($"/self-service/{kind}/api", UriKind.Relative));
        return new Uri(flow.GetProperty("ui").GetProperty("action").GetString()!);
    }

    private static string Email(int account) => $"bench{account}@example.org";
}
