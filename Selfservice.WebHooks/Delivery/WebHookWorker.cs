using System.Data.Common;
using Microsoft.Extensions.Logging;
using Selfservice.Delivery;
using Selfservice.Hooks;
using Selfservice.Storage;

namespace Selfservice.WebHooks.Delivery;

/// <summary>Makes the calls that nobody waits for. Each attempt carries the same idempotency key; a call that was made is removed.</summary>
internal sealed partial class WebHookWorker(IStore store, WebHookOutbox outbox, WebHookCaller caller, TimeProvider time, ILogger<WebHookWorker> logger)
    : DeliveryWorker<WebHookDelivery>(outbox.Signal, time, AttemptsPerTarget)
{
    /// <summary>How long an attempt may take.</summary>
    internal static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(30);

    /// <summary>How long a call belongs to the host that took it; longer than an attempt, which begins at once.</summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    /// <summary>How many attempts are made; with the delays between them about a day.</summary>
    internal const int MaximumAttempts = 35;

    /// <summary>How many attempts at one target are under way at most.</summary>
    internal const int AttemptsPerTarget = 4;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("D");

    /// <inheritdoc/>
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task<DateTimeOffset?> FirstDueAsync(IReadOnlyList<string> except, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.WebHooks.FirstDueAsync(except, token), cancellationToken);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<WebHookDelivery>> LeaseAsync(int limit, IReadOnlyList<string> except, CancellationToken cancellationToken) => store.WriteAsync(
        (scope, token) =>
        {
            // The time when the write runs: after a long wait for other writers the lease could otherwise end before the attempt.
            var now = Time.GetUtcNow();
            return scope.WebHooks.LeaseAsync(_owner, limit, except, now, now + LeaseTime, token);
        },
        cancellationToken);

    /// <inheritdoc/>
    protected override string ReceiverOf(WebHookDelivery item) => item.Target;

    /// <inheritdoc/>
    protected override void TellStoreFailed(DbException error) => LogStoreFailed(error);

    /// <inheritdoc/>
    protected override async Task DeliverAsync(WebHookDelivery delivery)
    {
        // What this host does not know, another one may: while hosts are replaced one after the other, or keys are changed.
        var (target, body) = (outbox.Find(delivery.Target), outbox.Open(delivery));
        var attempt = target is null || body is null ? null : await TryAsync(target, target.HasBody ? body : null, delivery.Id).ConfigureAwait(false);
        var name = target?.Name ?? delivery.Target;
        if (attempt?.Result is WebHookResult.Accepted)
        {
            await store.WriteAsync((scope, token) => scope.WebHooks.RemoveAsync(delivery.Id, token), CancellationToken.None).ConfigureAwait(false);
            LogDelivered(delivery.Id, name, delivery.Attempts);
            return;
        }

        var fault = target is null ? "This host's configuration does not have this web hook."
            : body is null ? "This host does not have the key that sealed the body; keep a former key in Selfservice:Secrets until the outbox is empty."
            : attempt is { Status: > 0 } ? $"The answer has status {attempt.Status}." : "There was no answer.";
        if (attempt is { IsTemporary: false } || delivery.Attempts >= MaximumAttempts)
        {
            await AbandonAsync(delivery, fault).ConfigureAwait(false);
            return;
        }

        // A receiver may ask for more time, not for less: one that asks for none would have all attempts at once.
        var delay = DelayAfter(delivery.Attempts);
        if (attempt?.RetryAfter is { } asked && asked > delay)
            delay = asked;
        await store.WriteAsync((scope, token) => scope.WebHooks.RetryAsync(delivery.Id, _owner, fault, Time.GetUtcNow() + delay, token), CancellationToken.None).ConfigureAwait(false);
        LogRetried(delivery.Id, name, delivery.Attempts, delay);
    }

    /// <summary>Null when the attempt took too long.</summary>
    private async Task<WebHookAttempt?> TryAsync(WebHookTarget target, string? body, Guid id)
    {
        using var limit = new CancellationTokenSource(AttemptTime, Time);
        try
        {
            return await caller.TryAsync(target, body, id, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task AbandonAsync(WebHookDelivery delivery, string fault)
    {
        await store.WriteAsync((scope, token) => scope.WebHooks.AbandonAsync(delivery.Id, _owner, fault, Time.GetUtcNow(), token), CancellationToken.None).ConfigureAwait(false);
        LogAbandoned(delivery.Id, delivery.Attempts, fault);
    }

    /// <summary>1 second, then twice as long each time, up to an hour.</summary>
    private static TimeSpan DelayAfter(int attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), LongestDelay.TotalSeconds));

    [LoggerMessage(EventId = 6011, EventName = "WebHookDelivered", Level = LogLevel.Debug, Message = "Call {Id} of web hook {Hook} was made at attempt {Attempt}")]
    private partial void LogDelivered(Guid id, string hook, int attempt);

    [LoggerMessage(EventId = 6012, EventName = "WebHookDeliveryFailed", Level = LogLevel.Warning, Message = "Call {Id} of web hook {Hook} failed at attempt {Attempt}; the next follows in {Delay}")]
    private partial void LogRetried(Guid id, string hook, int attempt, TimeSpan delay);

    [LoggerMessage(EventId = 6013, EventName = "WebHookAbandoned", Level = LogLevel.Error, Message = "Call {Id} failed at attempt {Attempt}, and no further attempt is made: {Fault}")]
    private partial void LogAbandoned(Guid id, int attempt, string fault);

    [LoggerMessage(EventId = 6014, EventName = "WebHookOutboxUnavailable", Level = LogLevel.Warning, Message = "Calls could not be read or marked; the next look tries again")]
    private partial void LogStoreFailed(Exception error);
}
