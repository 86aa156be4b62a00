using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Selfservice.Bench;

/// <summary>Changes, recoveries and verifications per second as shares of a bare JSON endpoint in the same process, with mails that leave for a sink in this one.</summary>
internal static class AccountFigures
{
    private const int Clients = 16, Rounds = 5;
    private const string Password = "a long bench password 4711";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public static async Task MeasureAsync(string benchHost)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        using (var sink = new MailSink())
        await using (var host = await PublishedHost.StartAsync(
            benchHost,
            Path.Combine(folder.FullName, "bench.db"),
            ("Flows:Recovery:Enabled", "true"),
            ("Flows:Verification:Enabled", "true"),
            ("Courier:Smtp:ConnectionUri", $"smtp://127.0.0.1:{sink.Port}/?disable_starttls=true"),
            ("Courier:Smtp:FromAddress", "bench@example.org"),
            ("Security:MessageBudget:PerClient", "100000000"),
            ("Security:MessageBudget:PerRecipient", "100000000")))
        {
            await MeasureAsync(host.Client, await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Account.CreateAsync(host.Client, i))));
        }

        folder.Delete(recursive: true);
    }

    private static async Task MeasureAsync(HttpClient client, Account[] accounts)
    {
        var (settings, recovery, verification, bares) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var before = await RateAsync(accounts, (_, _) => client.GetAsync(new Uri("/bare", UriKind.Relative)));
            var saved = await RateAsync(accounts, (account, i) => account.SaveAsync(client, i));
            var recovered = await RateAsync(accounts, (account, _) => account.AskAsync(client, account.Recovery));
            var verified = await RateAsync(accounts, (account, _) => account.AskAsync(client, account.Verification));
            var after = await RateAsync(accounts, (_, _) => client.GetAsync(new Uri("/bare", UriKind.Relative)));
            // The first round warms up.
            if (round < 0)
                continue;
            var bare = (before + after) / 2;
            bares.Add(bare);
            settings.Add(saved / bare);
            recovery.Add(recovered / bare);
            verification.Add(verified / bare);
        }

        Figure.Told($"Bare endpoint under {Clients} clients of the bench itself, requests a second", Figure.Median(bares), "");
        Figure.Told("Settings: a profile saved, share of the bare endpoint", Figure.Median(settings), "", Spread(settings, bares));
        Figure.Told("Recovery: a code asked for, share of the bare endpoint", Figure.Median(recovery), "", Spread(recovery, bares));
        Figure.Told("Verification: a code asked for, share of the bare endpoint", Figure.Median(verification), "", Spread(verification, bares));
    }

    private static string Spread(List<double> shares, List<double> bares) => string.Create(
        CultureInfo.InvariantCulture,
        $"{shares.Min():0.000} to {shares.Max():0.000} in {shares.Count} rounds; {Figure.Median(shares.Zip(bares, (s, b) => s * b)):0} a second");

    /// <summary>Requests per second of as many clients as there are accounts, each with its own.</summary>
    private static async Task<double> RateAsync(Account[] accounts, Func<Account, int, Task<HttpResponseMessage>> send)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(accounts.Select(account => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(start) < Time; i++)
            {
                using var answer = await send(account, i);
                var text = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} was answered with {answer.StatusCode}: {text}");
                Interlocked.Increment(ref count);
            }
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Somebody with flows of their own, so that no two clients change the same row.</summary>
    private sealed record Account(string Email, string Token, Uri Settings, Uri Recovery, Uri Verification)
    {
        public static async Task<Account> CreateAsync(HttpClient client, int number)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"bench{number}@example.org");
            var profile = await SubmitAsync(client, await BeginAsync(client, "registration", null), new { method = "profile", traits = new { email } });
            var token = (await SubmitAsync(client, profile.Action, new { method = "password", traits = new { email }, password = Password })).Body.GetProperty("session_token").GetString()!;
            return new(email, token, await BeginAsync(client, "settings", token), await BeginAsync(client, "recovery", null), await BeginAsync(client, "verification", null));
        }

        public Task<HttpResponseMessage> SaveAsync(HttpClient client, int round) => PostAsync(client, Settings, Token, new { method = "profile", traits = new { email = Email, name = $"Round {round}" } });

        public Task<HttpResponseMessage> AskAsync(HttpClient client, Uri flow) => PostAsync(client, flow, null, new { method = "code", email = Email });

        private static async Task<(Uri Action, JsonElement Body)> SubmitAsync(HttpClient client, Uri flow, object body)
        {
            using var answer = await PostAsync(client, flow, null, body);
            return (flow, await answer.Content.ReadFromJsonAsync<JsonElement>());
        }

        private static async Task<Uri> BeginAsync(HttpClient client, string kind, string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/self-service/{kind}/api", UriKind.Relative));
            if (token is not null)
                request.Headers.Add("X-Session-Token", token);
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ui").GetProperty("action").GetString()!);
        }

        private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Uri flow, string? token, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, flow) { Content = JsonContent.Create(body) };
            if (token is not null)
                request.Headers.Add("X-Session-Token", token);
            return await client.SendAsync(request);
        }
    }
}
