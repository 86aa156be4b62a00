using System.Globalization;
using Selfservice.Courier.Tests.Servers;

namespace Selfservice.Courier.Tests.Delivery;

/// <summary>The servers are killed in the middle of the work and come back: whatever was committed arrives, and a second copy carries the first one's id.</summary>
public sealed class OutageTests
{
    private const int Messages = 200;

    [Test]
    public async Task MailServer_KilledAndBackManyTimes_GetsEveryMail()
    {
        using var server = await SmtpServer.StartAsync();
        await using var host = new CourierHost(new()
        {
            ["Courier:Smtp:ConnectionUri"] = $"smtp://{server.Address}/?disable_starttls=true",
            ["Courier:Smtp:FromAddress"] = "lab@example.org",
            ["Courier:MessageRetries"] = "20",
        });
        var posted = await PostAsync(host, MessageChannel.Email);
        await DeliverThroughOutagesAsync(host, server.Kill, server.ReturnAsync);
        var ids = server.Received.Select(m => m.Headers["Message-ID"].Split('@')[0].Trim('<')).ToHashSet();
        ids.ShouldBe(posted.Select(m => m.Id.ToString("N")), ignoreOrder: true);
        server.Received.Select(m => m.To.Single()).ToHashSet().Count.ShouldBe(Messages);
    }

    [Test]
    public async Task HttpReceiver_KilledAndBackManyTimes_GetsEveryMessage()
    {
        using var receiver = await HttpReceiver.StartAsync();
        await using var host = new CourierHost(new()
        {
            ["Courier:Channels:0:Id"] = "sms",
            ["Courier:Channels:0:RequestConfig:Url"] = $"{receiver.Url}/sms",
            ["Courier:MessageRetries"] = "20",
        });
        var posted = await PostAsync(host, MessageChannel.Sms);
        await DeliverThroughOutagesAsync(host, receiver.Kill, receiver.ReturnAsync);
        receiver.Received.Select(r => r.Headers["idempotency-key"]).ToHashSet().ShouldBe(posted.Select(m => m.Id.ToString("D")), ignoreOrder: true);
    }

    private static async Task<List<CourierMessage>> PostAsync(CourierHost host, MessageChannel channel)
    {
        var posted = new List<CourierMessage>();
        for (var i = 0; i < Messages; i++)
            posted.Add(await host.PostAsync(channel == MessageChannel.Email ? $"person{i}@example.org" : string.Create(CultureInfo.InvariantCulture, $"+4917{i:D8}"), channel: channel));
        return posted;
    }

    /// <summary>Kills the server while batches are on their way to it, five times, and lets it come back; then sends what is left.</summary>
    private static async Task DeliverThroughOutagesAsync(CourierHost host, Action kill, Func<Task> comeBack)
    {
        for (var outage = 0; outage < 5; outage++)
        {
            await host.DeliverOnceAsync();
            // The server dies while the next batch is sent; when in it, differs from run to run.
            var batch = host.DeliverOnceAsync();
            kill();
            await batch;
            await host.DeliverAsync();
            await comeBack();
        }

        while (await host.Store.ReadAsync((scope, token) => scope.Messages.FirstDueAsync([], token), CancellationToken.None) is { } due)
        {
            if (due > host.Clock.GetUtcNow())
                host.Clock.SetUtcNow(due);
            await host.DeliverOnceAsync();
        }

        var left = await host.Store.ReadAsync((scope, token) => scope.Messages.ListAsync(new() { Limit = Messages * 2 }, token), CancellationToken.None);
        left.Count.ShouldBe(Messages);
        left.ShouldAllBe(m => m.Status == CourierMessageStatus.Sent);
        left.ShouldContain(m => m.FailureCount > 0, "No attempt met the outage, so that the test proves nothing.");
    }
}
