using System.Diagnostics;
using System.Globalization;
using Selfservice.Courier;
using Selfservice.Storage;

/// <summary>Messages per second from the outbox of a database file into a mail sink in this process, and how many are composed and committed per second before.</summary>
internal static class CourierBench
{
    private const int Messages = 5000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        using var sink = new MailSink();
        var before = await BareRateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        builder.Services.AddSelfserviceCore()
            .UseSqlite(sqlite => sqlite.ConnectionString = $"Data Source={folder.FullName}/bench.db")
            .AddCourier(courier =>
            {
                courier.Smtp.ConnectionUri = $"smtp://127.0.0.1:{sink.Port}/?disable_starttls=true";
                courier.Worker.PullCount = 100;
            });
        using (var host = builder.Build())
        {
            // The worker begins with the host, after the outbox is full.
            var committed = Stopwatch.StartNew();
            await Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (i, token) => PostAsync(host.Services, i, token));
            committed.Stop();
            var sent = Stopwatch.StartNew();
            await host.StartAsync();
            await sink.ReceivedAsync(Messages);
            sent.Stop();
            await host.StopAsync();
            var bare = (before + await BareRateAsync()) / 2;
            var (commits, sends) = (Messages / committed.Elapsed.TotalSeconds, Messages / sent.Elapsed.TotalSeconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| Courier: messages a second composed and committed, and sent to a sink in the same process | {commits:F0} and {sends:F0} ({commits / bare:0.000} and {sends / bare:0.000} of the bare endpoint) |  |  |"));
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Requests per second of a bare endpoint in this process, to compare with.</summary>
    private static async Task<double> BareRateAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/bare", () => new Bare("01a20d83-518c-7979-8b6f-45029b2a72bb", true, "2026-01-05T10:00:00Z", "aal1"));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
            {
                await client.GetStringAsync(new Uri("/bare", UriKind.Relative));
                Interlocked.Increment(ref count);
            }
        })));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async ValueTask PostAsync(IServiceProvider services, int i, CancellationToken cancellationToken)
    {
        var message = await services.GetRequiredService<ICourier>().ComposeAsync(
            new()
            {
                Template = CourierTemplate.VerificationCodeValid,
                Channel = MessageChannel.Email,
                Recipient = $"person{i}@example.org",
                Data = new() { ["verification_code"] = "048151", ["verification_url"] = "https://app.example.org/verification?code=048151", ["expires_in_minutes"] = 10 },
            },
            cancellationToken);
        await services.GetRequiredService<IStore>().WriteAsync(
            async (scope, token) =>
            {
                await scope.Messages.InsertAsync(message!, token);
                return true;
            },
            cancellationToken);
    }
}
