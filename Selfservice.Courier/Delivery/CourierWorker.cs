using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Courier.Templates;
using Selfservice.Delivery;
using Selfservice.Errors;
using Selfservice.Storage;

namespace Selfservice.Courier.Delivery;

/// <summary>Sends messages. Each attempt carries the same id; of a message that was sent but could not be marked, the receiver gets a second copy, never none.</summary>
internal sealed partial class CourierWorker(
    IStore store,
    CourierChannels channels,
    MessageRenderer renderer,
    CourierSignal signal,
    CourierMetrics metrics,
    MessageSeal seal,
    IOptions<CourierOptions> options,
    TimeProvider time,
    ILogger<CourierWorker> logger) : DeliveryWorker<CourierMessage>(signal, time, AttemptsPerChannel)
{
    /// <summary>How long an attempt may take.</summary>
    internal static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(30);

    /// <summary>How long a message belongs to the host that took it. Longer than an attempt, which begins at once.</summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    /// <summary>How many attempts by one channel are under way at most.</summary>
    internal const int AttemptsPerChannel = 4;

    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("D");
    private readonly bool _keepContent = seal.IsOff;

    /// <inheritdoc/>
    protected override TimeSpan Pause => options.Value.Worker.PullWait;

    /// <inheritdoc/>
    protected override Task<DateTimeOffset?> FirstDueAsync(IReadOnlyList<string> except, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.Messages.FirstDueAsync(Channels(except), token), cancellationToken);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<CourierMessage>> LeaseAsync(int limit, IReadOnlyList<string> except, CancellationToken cancellationToken) => store.WriteAsync(
        (scope, token) =>
        {
            // The time when the write runs: after a long wait for other writers the lease could otherwise end before the attempt.
            var now = Time.GetUtcNow();
            return scope.Messages.LeaseAsync(_owner, Math.Min(limit, options.Value.Worker.PullCount), Channels(except), now, now + LeaseTime, token);
        },
        cancellationToken);

    /// <inheritdoc/>
    protected override string ReceiverOf(CourierMessage item) => item.Channel.Name;

    /// <inheritdoc/>
    protected override void TellStoreFailed(DbException error) => LogStoreFailed(error);

    private static List<MessageChannel> Channels(IReadOnlyList<string> names) => [.. names.Select(name => new MessageChannel(name))];

    /// <inheritdoc/>
    protected override async Task DeliverAsync(CourierMessage message)
    {
        var result = await SendAsync(message).ConfigureAwait(false);
        var dispatch = new MessageDispatch { Id = Guid.CreateVersion7(Time.GetUtcNow()), MessageId = message.Id, EndedAt = Time.GetUtcNow() };
        switch (result)
        {
            case SendResult.Sent:
                await store.WriteAsync((scope, token) => Marked(scope.Messages.MarkSentAsync(dispatch, _keepContent, token)), CancellationToken.None).ConfigureAwait(false);
                metrics.Sent(message, dispatch.EndedAt);
                LogSent(message.Id, message.Channel, message.SendCount);
                break;
            case SendResult.Failed failed when message.FailureCount < options.Value.MessageRetries:
                dispatch = dispatch with { Error = failed.Error };
                var delay = RetryDelay.After(message.FailureCount + 1);
                await store.WriteAsync((scope, token) => scope.Messages.MarkFailedAsync(dispatch, _owner, dispatch.EndedAt + delay, token), CancellationToken.None).ConfigureAwait(false);
                metrics.Failed(message);
                LogFailed(message.Id, message.Channel, message.SendCount, delay);
                break;
            case SendResult.Failed or SendResult.Refused:
                dispatch = dispatch with { Error = (result as SendResult.Failed)?.Error ?? ((SendResult.Refused)result).Error };
                await store.WriteAsync((scope, token) => scope.Messages.AbandonAsync(dispatch, _owner, _keepContent, token), CancellationToken.None).ConfigureAwait(false);
                metrics.Abandoned(message);
                LogAbandoned(message.Id, message.Channel, message.SendCount);
                break;
            default:
                throw new UnreachableException();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a host's channel or template throws is that message's failure, and must not end the worker.")]
    private async Task<SendResult> SendAsync(CourierMessage message)
    {
        if (channels.Find(message.Channel) is not { } channel)
            return Failed($"There is no channel for messages of type {message.Channel}.", null);
        // Another host may have the key already, or still, while keys are changed.
        if (seal.Open(message) is not { } opened)
            return Failed("This host does not have the key that sealed the content; keep a former key in Selfservice:Secrets until the outbox is empty.", null);
        using var timeout = new CancellationTokenSource(AttemptTime, Time);
        try
        {
            var html = await renderer.RenderHtmlAsync(opened).ConfigureAwait(false);
            return await channel.SendAsync(new OutgoingMessage(opened, html), timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed($"The attempt took longer than {AttemptTime.TotalSeconds} seconds.", null);
        }
        catch (Exception e)
        {
            return Failed("The attempt failed.", e.Message);
        }
    }

    private static SendResult.Failed Failed(string message, string? reason) => new(new ErrorObject { Code = 500, Message = message, Reason = reason });

    private static async Task<bool> Marked(Task mark)
    {
        await mark.ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(EventId = 5001, EventName = "MessageSent", Level = LogLevel.Debug, Message = "Message {Id} left by {Channel} at attempt {Attempt}")]
    private partial void LogSent(Guid id, MessageChannel channel, int attempt);

    [LoggerMessage(EventId = 5002, EventName = "MessageFailed", Level = LogLevel.Warning, Message = "Message {Id} could not leave by {Channel} at attempt {Attempt}; the next follows in {Delay}")]
    private partial void LogFailed(Guid id, MessageChannel channel, int attempt, TimeSpan delay);

    [LoggerMessage(EventId = 5003, EventName = "MessageAbandoned", Level = LogLevel.Error, Message = "Message {Id} could not leave by {Channel} at attempt {Attempt}, and no further attempt is made")]
    private partial void LogAbandoned(Guid id, MessageChannel channel, int attempt);

    [LoggerMessage(EventId = 5004, EventName = "OutboxUnavailable", Level = LogLevel.Warning, Message = "Messages could not be read or marked; the next look tries again")]
    private partial void LogStoreFailed(Exception error);
}
