using System.Diagnostics;
using Selfservice.Courier.Tests.Servers;

namespace Selfservice.Courier.Tests.Delivery;

/// <summary>The sample host is killed again and again while it sends: the next one, and at last another host on the same database, sends what is left.</summary>
public sealed class KilledHostTests
{
    private const int Messages = 600;
    private const int Deaths = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Host_KilledWhileItSends_LosesNothing()
    {
        using var server = await SmtpServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("selfservice-killed-");
        var (database, uri) = ($"Data Source={folder.FullName}/outbox.db", $"smtp://{server.Address}/?disable_starttls=true");
        // Its clock is years ahead, so to it every lease of a host that died has ended.
        await using (var last = new CourierHost(new() { ["Courier:Smtp:ConnectionUri"] = uri }, database: database))
        {
            var ids = await PostAsync(last);
            for (var death = 1; death <= Deaths; death++)
            {
                using var host = SampleHost.Start("http://127.0.0.1:0", database, server.Address);
                await ReceivedAsync(server, death * Messages / (Deaths * 2), host);
                host.Kill();
                await host.WaitForExitAsync();
            }

            server.Received.Count.ShouldBeLessThan(Messages, "Everything was sent before the last death, so that the test proves nothing.");
            await last.DeliverAsync();
            server.Received.Select(m => m.Headers["Message-ID"].Split('@')[0].Trim('<')).ToHashSet().ShouldBe(ids, ignoreOrder: true);
        }

        folder.Delete(recursive: true);
    }

    private static async Task<HashSet<string>> PostAsync(CourierHost host)
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < Messages; i++)
        {
            var draft = new MessageDraft { Template = CourierTemplate.RecoveryCodeInvalid, Channel = MessageChannel.Email, Recipient = $"person{i}@example.org", Data = [] };
            var message = (await host.Courier.ComposeAsync(draft, CancellationToken.None)).ShouldNotBeNull() with { DueAt = DateTimeOffset.UnixEpoch };
            await host.Store.WriteAsync(
                async (scope, token) =>
                {
                    await scope.Messages.InsertAsync(message, token);
                    return true;
                },
                CancellationToken.None);
            ids.Add(message.Id.ToString("N"));
        }

        return ids;
    }

    private static async Task ReceivedAsync(SmtpServer server, int count, Process host)
    {
        var start = Stopwatch.GetTimestamp();
        while (server.Received.Count < count)
        {
            host.HasExited.ShouldBeFalse("The sample host ended by itself.");
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Patience, $"Only {server.Received.Count} of {count} mails came.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
