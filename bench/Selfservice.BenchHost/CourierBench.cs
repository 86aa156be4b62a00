using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
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
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"courier: {Messages / committed.Elapsed.TotalSeconds:F0} messages/s composed and committed, {Messages / sent.Elapsed.TotalSeconds:F0} messages/s sent by SMTP to a sink in the same process"));
        }

        folder.Delete(recursive: true);
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

    /// <summary>Takes every mail and counts them.</summary>
    private sealed class MailSink : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource _done = new();
        private int _expected = int.MaxValue;
        private int _received;

        public MailSink()
        {
            _listener.Start();
            _ = ListenAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public Task ReceivedAsync(int count)
        {
            _expected = count;
            return _done.Task;
        }

        public void Dispose() => _listener.Dispose();

        private async Task ListenAsync()
        {
            while (true)
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }

        private async Task TalkAsync(TcpClient client)
        {
            using (client)
            {
                client.NoDelay = true;
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 sink");
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line != "DATA")
                    {
                        await writer.WriteLineAsync("250 ok");
                        continue;
                    }

                    await writer.WriteLineAsync("354 go");
                    while (await reader.ReadLineAsync() is not (null or "."))
                    {
                        // The mail itself.
                    }

                    await writer.WriteLineAsync("250 kept");
                    if (Interlocked.Increment(ref _received) == _expected)
                        _done.TrySetResult();
                }
            }
        }
    }
}
