using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Selfservice.Courier.Tests.Servers;

namespace Selfservice.Courier.Tests.Delivery;

/// <summary>The sample host dies fifty times while people sign up: whoever was told that they have an account has one, and their mail comes, twice at times but then under one id.</summary>
public sealed class KilledRegistrationsTests
{
    private const int Deaths = 50;
    private const int Clients = 2;

    // For one start and one account; a machine that is busy with other work needs most of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Mails without end, and nothing that a host does once in its life at the first password: half of a short life would go into it.</summary>
    private static readonly (string, string)[] Settings =
    [
        ("Selfservice__Security__MessageBudget__PerClient", "1000000"), ("Selfservice__Methods__Password__Config__HaveibeenpwnedEnabled", "false"),
        ("Selfservice__Methods__Password__Config__CommonPasswordCheckEnabled", "false"), ("DOTNET_TieredPGO", "0"),
    ];

    private readonly ConcurrentQueue<string> _acknowledged = new();

    [Test]
    public async Task Registrations_AcknowledgedByAHostThatDies_AreThereWithTheirMails()
    {
        using var server = await SmtpServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("selfservice-killed-");
        var database = $"Data Source={folder.FullName}/selfservice.db";
        var url = $"http://127.0.0.1:{FreePort()}";
        using (var stop = new CancellationTokenSource())
        {
            var clients = Enumerable.Range(0, Clients).Select(i => SignUpManyAsync(url, i, stop.Token)).ToArray();
            try
            {
                for (var death = 0; death < Deaths; death++)
                    await DieAsync(death, url, database, server);
            }
            finally
            {
                await stop.CancelAsync();
                await Task.WhenAll(clients);
            }
        }

        _acknowledged.Count.ShouldBeGreaterThanOrEqualTo(Deaths);
        // Its clock is years ahead, so to it every lease of a host that died has ended.
        await using (var last = new CourierHost(new() { ["Courier:Smtp:ConnectionUri"] = $"smtp://{server.Address}/?disable_starttls=true" }, database: database))
        {
            await last.DeliverAsync();
            var identities = await last.Store.ReadAsync((scope, token) => scope.Identities.ListAsync(new() { Limit = 100_000 }, token), CancellationToken.None);
            _acknowledged.Except(identities.Select(i => i.Traits.GetProperty("email").GetString())).ShouldBeEmpty("They were told that they have an account.");
        }

        var mails = server.Received.ToLookup(m => m.To.Single(), m => m.Headers["Message-ID"]);
        _acknowledged.Where(email => !mails.Contains(email)).ShouldBeEmpty("Their mail never came.");
        mails.Where(m => m.Distinct().Count() > 1).Select(m => m.Key).ShouldBeEmpty("A second copy must carry the id of the first.");
        folder.Delete(recursive: true);
    }

    /// <summary>Runs the host until somebody got an account and, each time at another moment, a little longer.</summary>
    private async Task DieAsync(int death, string url, string database, SmtpServer server)
    {
        var before = _acknowledged.Count;
        using var host = SampleHost.Start(url, database, server.Address, Settings);
        try
        {
            var start = Stopwatch.GetTimestamp();
            while (_acknowledged.Count == before)
            {
                host.HasExited.ShouldBeFalse("The sample host ended by itself.");
                Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Patience, $"Nobody could sign up after death {death}.");
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }

            // Spread over what comes after an account: commits, answers, mails on their way.
            await Task.Delay(TimeSpan.FromMilliseconds(death * 37 % 60), TimeProvider.System);
        }
        finally
        {
            // On Unix this is SIGKILL.
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    private async Task SignUpManyAsync(string url, int client, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url), Timeout = Patience };
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var email = $"person{i}.of{client}@example.org";
            try
            {
                var flow = await http.GetFromJsonAsync<JsonElement>(new Uri("/self-service/registration/api", UriKind.Relative), stop);
                var body = new { method = "password", password = "plover-kettle-71-orbit", traits = new { email } };
                using var answer = await http.PostAsJsonAsync(new Uri(flow.GetProperty("ui").GetProperty("action").GetString()!), body, stop);
                var text = await answer.Content.ReadAsStringAsync(stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
                _acknowledged.Enqueue(email);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The host is dead or not there yet; whether this one has an account nobody was told.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
