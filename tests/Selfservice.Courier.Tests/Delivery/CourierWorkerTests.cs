using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selfservice.Courier.Delivery;
using Selfservice.Errors;

namespace Selfservice.Courier.Tests.Delivery;

public sealed class CourierWorkerTests
{
    private TestChannel _channel = null!;
    private CourierHost _host = null!;

    [SetUp]
    public void SetUp() => _host = Host(_channel = new());

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Message_ThatIsDue_IsSentWithBothParts()
    {
        var message = await _host.PostAsync();
        await _host.DeliverAsync();
        var sent = _channel.Sent.ShouldHaveSingleItem();
        sent.Message.Id.ShouldBe(message.Id);
        sent.HtmlBody.ShouldNotBeNull().ShouldContain("048151");
        var found = await _host.FindAsync(message);
        (found.Status, found.SendCount, found.DueAt).ShouldBe((CourierMessageStatus.Sent, 1, null));
        (await _host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldBeNull();
    }

    [TestCase("Development", "false", true)]
    [TestCase("Production", "true", true)]
    [TestCase("Production", "false", false)]
    public async Task Message_Sent_KeepsItsCodeOnlyForDevelopers(string environment, string dev, bool keeps)
    {
        await using var host = Host(_channel, new() { ["Dev"] = dev }, environment);
        var message = await host.PostAsync();
        await host.DeliverAsync();
        var found = await host.FindAsync(message);
        found.Body.Contains("048151", StringComparison.Ordinal).ShouldBe(keeps);
        found.Subject.Contains("048151", StringComparison.Ordinal).ShouldBe(keeps);
        found.TemplateData.GetRawText().Contains("048151", StringComparison.Ordinal).ShouldBe(keeps);
    }

    /// <summary>Who steals the database while messages wait would otherwise read codes and links that still work.</summary>
    [Test]
    public async Task Message_ThatWaitsOutsideDevelopment_IsSealedAndArrivesOpen()
    {
        await using var host = Host(_channel, environment: "Production");
        var message = await host.PostAsync();
        JsonSerializer.Serialize(await host.FindAsync(message)).ShouldNotContain("048151");
        await host.DeliverAsync();
        var sent = _channel.Sent.ShouldHaveSingleItem();
        sent.Message.Subject.ShouldBe("Use code 048151 to recover access to your account");
        sent.Message.Body.ShouldContain("048151");
        sent.HtmlBody.ShouldNotBeNull().ShouldContain("048151");
        (await host.FindAsync(message)).TemplateData.GetRawText().ShouldBe("{}");
    }

    /// <summary>Moved to another message, a sealed content would tell its code to somebody else.</summary>
    [Test]
    public async Task Message_WithTheSealedContentOfAnother_IsNeverSent()
    {
        await using var host = Host(_channel, new() { ["Courier:MessageRetries"] = "0" }, environment: "Production");
        var message = (await host.PostAsync()) with { Id = Guid.CreateVersion7(host.Clock.GetUtcNow()), Recipient = "eve@example.org" };
        await host.DeliverAsync();
        await InsertAsync(host, message);
        await host.DeliverAsync();
        _channel.Sent.ShouldHaveSingleItem().Message.Recipient.ShouldBe("ada@example.org");
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Abandoned);
    }

    /// <summary>Keys are changed on one host after the other; a message that one cannot open yet must not be erased before another sends it.</summary>
    [Test]
    public async Task Message_SealedUnderAKeyThatThisHostDoesNotHave_IsLeftForAnotherHost()
    {
        await using var host = Host(_channel, environment: "Production");
        await using var other = Host(_channel, new() { ["Secrets:Default:0"] = new string('n', 32), ["Secrets:Default:1"] = new string('s', 32) }, environment: "Production");
        var message = await other.PostAsync();
        await InsertAsync(host, message);
        await host.DeliverAsync();
        _channel.Sent.ShouldBeEmpty();
        var found = await host.FindAsync(message);
        found.ShouldSatisfyAllConditions(m => m.Status.ShouldBe(CourierMessageStatus.Queued), m => m.FailureCount.ShouldBe(1), m => m.TemplateData.GetRawText().ShouldContain("sealed"));
        (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldContain("does not have the key");
    }

    [Test]
    public async Task Message_ThatFails_ComesAgainLaterAndLater()
    {
        _channel.Answer = (_, _) => Task.FromResult(TestChannel.Failure);
        var message = await _host.PostAsync();
        foreach (var seconds in new[] { 1, 6, 36, 216, 1296 })
        {
            await _host.DeliverAsync();
            var found = await _host.FindAsync(message);
            found.Status.ShouldBe(CourierMessageStatus.Queued);
            (found.DueAt - _host.Clock.GetUtcNow()).ShouldNotBeNull().TotalSeconds.ShouldBeInRange(seconds * 0.799, seconds * 1.201);
            _host.Clock.Advance(TimeSpan.FromSeconds(seconds * 1.21));
        }

        await _host.DeliverAsync();
        (await _host.FindAsync(message)).ShouldSatisfyAllConditions(
            m => m.Status.ShouldBe(CourierMessageStatus.Abandoned), m => m.SendCount.ShouldBe(6), m => m.FailureCount.ShouldBe(6));
        (await _host.DispatchesAsync(message)).Count.ShouldBe(6);
        _channel.Sent.Select(s => s.Message.Id).Distinct().ShouldHaveSingleItem();
        _host.Logs.Lines.Count(l => l is { Event: "MessageAbandoned", Level: LogLevel.Error }).ShouldBe(1);
    }

    [Test]
    public async Task Message_WithOneRetry_IsAbandonedAfterTwoAttempts()
    {
        _channel.Answer = (_, _) => Task.FromResult(TestChannel.Failure);
        await using var host = Host(_channel, new() { ["Courier:MessageRetries"] = "1" });
        var message = await host.PostAsync();
        await host.DeliverAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1.21));
        await host.DeliverAsync();
        var found = await host.FindAsync(message);
        (found.Status, found.SendCount).ShouldBe((CourierMessageStatus.Abandoned, 2));
    }

    [Test]
    public async Task Message_ThatIsRefusedForGood_IsAbandonedAtOnce()
    {
        _channel.Answer = (_, _) => Task.FromResult<SendResult>(new SendResult.Refused(new ErrorObject { Code = 500, Message = "no such mailbox" }));
        var message = await _host.PostAsync();
        await _host.DeliverAsync();
        (await _host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Abandoned);
        (await _host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldBe("no such mailbox");
    }

    [Test]
    public async Task Message_WhoseChannelThrows_FailsAndStopsNobodyElse()
    {
        _channel.Answer = (m, _) => m.Message.Recipient.StartsWith("bad", StringComparison.Ordinal) ? throw new NotSupportedException("broken") : Task.FromResult<SendResult>(new SendResult.Sent());
        var bad = await _host.PostAsync("bad@example.org");
        var good = await _host.PostAsync("good@example.org");
        await _host.DeliverAsync();
        (await _host.FindAsync(bad)).Status.ShouldBe(CourierMessageStatus.Queued);
        (await _host.DispatchesAsync(bad)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Reason.ShouldBe("broken");
        (await _host.FindAsync(good)).Status.ShouldBe(CourierMessageStatus.Sent);
    }

    [Test]
    public async Task Message_WithoutChannel_FailsVisibly()
    {
        var draft = new MessageDraft { Template = CourierTemplate.LoginCodeValid, Channel = new("pigeon"), Recipient = "roof", Data = [] };
        (await Should.ThrowAsync<InvalidOperationException>(() => _host.Courier.ComposeAsync(draft, CancellationToken.None).AsTask())).Message.ShouldContain("UseCourierTemplate");
        await using var host = Host(_channel, environment: "Production");
        var message = await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldBe("There is no channel for messages of type sms.");
    }

    [Test]
    public async Task Message_OfAHostThatDied_IsSentByAnotherWhenTheLeaseEnds()
    {
        var message = await _host.PostAsync();
        await _host.Store.WriteAsync(
            (scope, token) => scope.Messages.LeaseAsync("a host that died", 10, [], _host.Clock.GetUtcNow(), _host.Clock.GetUtcNow() + CourierWorker.LeaseTime, token), CancellationToken.None);
        await _host.DeliverAsync();
        _channel.Sent.ShouldBeEmpty();
        _host.Clock.Advance(CourierWorker.LeaseTime);
        await _host.DeliverAsync();
        _channel.Sent.ShouldHaveSingleItem().Message.Id.ShouldBe(message.Id);
        var found = await _host.FindAsync(message);
        (found.SendCount, found.FailureCount).ShouldBe((2, 0));
    }

    /// <summary>Whoever dies at each attempt must not use up the retries: an attempt without an end is no failure of the message.</summary>
    [Test]
    public async Task Message_OfHostsThatDiedMoreOftenThanItMayFail_IsSentAllTheSame()
    {
        var message = await _host.PostAsync();
        for (var death = 0; death < 20; death++)
        {
            await _host.Store.WriteAsync(
                (scope, token) => scope.Messages.LeaseAsync($"host {death}", 10, [], _host.Clock.GetUtcNow(), _host.Clock.GetUtcNow() + CourierWorker.LeaseTime, token), CancellationToken.None);
            _host.Clock.Advance(CourierWorker.LeaseTime);
        }

        _channel.Answer = (_, _) => Task.FromResult(TestChannel.Failure);
        await _host.DeliverAsync();
        (await _host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Queued);
    }

    /// <summary>A mail server that takes connections and says nothing must delay neither text messages nor, with one mail, the other mails.</summary>
    [Test]
    public async Task Channel_ThatHangs_DelaysNoOther()
    {
        var hanging = new TaskCompletionSource<SendResult>();
        _channel.Answer = (_, _) => hanging.Task;
        var texts = new TestChannel { Channel = MessageChannel.Sms };
        await using var host = new CourierHost(configure: builder => builder.Services.AddSingleton<ICourierChannel>(_channel).AddSingleton<ICourierChannel>(texts));
        for (var i = 0; i < 2 * CourierWorker.AttemptsPerChannel; i++)
            await host.PostAsync($"person{i}@example.org");
        await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.Running.StartAsync(CancellationToken.None);
        // Attempts begin side by side, in any order.
        await UntilAsync(() => texts.Sent.Count == 1 && _channel.Sent.Count == CourierWorker.AttemptsPerChannel);
        hanging.SetResult(new SendResult.Sent());
        await UntilAsync(() => _channel.Sent.Count == 2 * CourierWorker.AttemptsPerChannel);
        await host.Running.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Message_ThatHangs_KeepsOnePlaceOnly()
    {
        const int others = 20;
        var hanging = new TaskCompletionSource<SendResult>();
        _channel.Answer = (m, _) => m.Message.Recipient.StartsWith("slow", StringComparison.Ordinal) ? hanging.Task : Task.FromResult<SendResult>(new SendResult.Sent());
        await _host.PostAsync("slow@example.org");
        for (var i = 0; i < others; i++)
            await _host.PostAsync($"person{i}@example.org");
        await _host.Running.StartAsync(CancellationToken.None);
        // The clock stands still: no pause ends, so the ends of the attempts must be what begins the next.
        await UntilAsync(() => _channel.Sent.Count == others + 1);
        hanging.SetResult(new SendResult.Sent());
        await _host.Running.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Attempt_WithoutEnd_FailsAfterItsTime()
    {
        var begun = new TaskCompletionSource();
        _channel.Answer = async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new SendResult.Sent();
        };
        var message = await _host.PostAsync();
        var delivery = _host.DeliverOnceAsync();
        await begun.Task;
        _host.Clock.Advance(CourierWorker.AttemptTime);
        await delivery;
        (await _host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldContain("30 seconds");
    }

    [Test]
    public async Task Stop_InTheMiddle_EndsWhatHasBegunAndTakesNoMore()
    {
        foreach (var i in Enumerable.Range(0, 10))
            await _host.PostAsync($"person{i}@example.org");
        var sending = new TaskCompletionSource<SendResult>();
        _channel.Answer = (_, _) => sending.Task;
        await _host.Running.StartAsync(CancellationToken.None);
        await UntilAsync(() => _channel.Sent.Count == CourierWorker.AttemptsPerChannel);
        var stop = _host.Running.StopAsync(CancellationToken.None);
        sending.SetResult(new SendResult.Sent());
        await stop;
        var messages = await _host.Store.ReadAsync((scope, token) => scope.Messages.ListAsync(new() { Limit = 20 }, token), CancellationToken.None);
        messages.ShouldNotContain(m => m.Status == CourierMessageStatus.Processing);
        messages.Count(m => m.Status == CourierMessageStatus.Sent).ShouldBe(_channel.Sent.Count);
        messages.Where(m => m.Status == CourierMessageStatus.Queued).ShouldAllBe(m => m.SendCount == 0);
    }

    [Test]
    public async Task Worker_InARunningHost_SendsAtOnceWhenItIsWoken()
    {
        var sent = new TaskCompletionSource();
        _channel.Answer = (_, _) =>
        {
            sent.TrySetResult();
            return Task.FromResult<SendResult>(new SendResult.Sent());
        };
        await _host.Running.StartAsync(CancellationToken.None);
        // The clock stands still, so nothing but the call wakes it.
        await _host.PostAsync();
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await _host.Running.StopAsync(CancellationToken.None);
    }

    /// <summary>Who reads the logs must learn neither codes nor addresses.</summary>
    [Test]
    public async Task Logs_OfSentAndFailedMessages_HaveNoAddressAndNoCode()
    {
        var answers = new Queue<SendResult>([new SendResult.Sent(), TestChannel.Failure, new SendResult.Refused(new ErrorObject { Code = 500, Message = "550 ada@example.org 048151" })]);
        _channel.Answer = (_, _) => Task.FromResult(answers.Dequeue());
        for (var i = 0; i < 3; i++)
        {
            await _host.PostAsync();
            await _host.DeliverAsync();
        }

        _host.Logs.Lines.Count(l => l.Event is "MessageSent" or "MessageFailed" or "MessageAbandoned").ShouldBe(3);
        _host.Logs.Lines.ShouldNotContain(l => l.Text.Contains("ada@example.org", StringComparison.Ordinal) || l.Text.Contains("048151", StringComparison.Ordinal));
    }

    [Test]
    public void RetryDelay_IsNeverLongerThanAnHourAndAFifth()
    {
        RetryDelay.After(100, 1).ShouldBe(TimeSpan.FromMinutes(72));
        RetryDelay.After(1, 0).ShouldBe(TimeSpan.FromSeconds(0.8));
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isTrue())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Task<bool> InsertAsync(CourierHost host, CourierMessage message) => host.Store.WriteAsync(
        async (scope, token) =>
        {
            await scope.Messages.InsertAsync(message, token);
            return true;
        },
        CancellationToken.None);

    private static CourierHost Host(TestChannel channel, Dictionary<string, string?>? settings = null, string environment = "Development") =>
        new(settings, builder => builder.Services.AddSingleton<ICourierChannel>(channel), environment);
}
