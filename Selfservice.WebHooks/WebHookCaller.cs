using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Configuration;

namespace Selfservice.WebHooks;

/// <summary>Calls a web hook while a person waits: a few attempts, and an end to all of them before the person's own request ends.</summary>
internal sealed partial class WebHookCaller(OutboundHttp http, IOptions<SelfserviceOptions> options, TimeProvider time, ILogger<WebHookCaller> logger)
{
    private const int MaximumAttempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>Calls it and reads the answer.</summary>
    /// <param name="target">The hook.</param>
    /// <param name="body">The body; null for none.</param>
    public async Task<WebHookResult> CallAsync(WebHookTarget target, string? body)
    {
        // Not with the client's token: a change must not depend on whether the person waits for the page.
        using var limit = new CancellationTokenSource(options.Value.Clients.WebHook.Timeout, time);
        var trigger = NewId();
        var delay = FirstDelay;
        try
        {
            for (var attempt = 1; ; attempt++, delay *= 2)
            {
                var outcome = await TryAsync(target, body, trigger, limit.Token).ConfigureAwait(false);
                if (!outcome.IsTemporary || attempt == MaximumAttempts)
                    return outcome.Result;
                LogRetried(target.Name, attempt, outcome.Status);
                await Task.Delay(outcome.RetryAfter ?? delay, time, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LogTimedOut(target.Name, options.Value.Clients.WebHook.Timeout);
            return new WebHookResult.Failed(WebHookErrors.Unreachable);
        }
    }

    /// <summary>One attempt.</summary>
    public async Task<WebHookAttempt> TryAsync(WebHookTarget target, string? body, Guid trigger, CancellationToken cancellationToken)
    {
        using var request = target.Request(body);
        if (target.SendsIds)
        {
            request.Headers.TryAddWithoutValidation("Ory-Webhook-Request-ID", Text(NewId()));
            request.Headers.TryAddWithoutValidation("Ory-Webhook-Trigger-ID", Text(trigger));
        }

        // The same in every attempt, so that a receiver can drop a repeat.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Text(trigger));
        try
        {
            using var answer = await http.Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            var isTemporary = answer.StatusCode == HttpStatusCode.TooManyRequests || (status >= 500 && answer.StatusCode != HttpStatusCode.NotImplemented);
            if (isTemporary)
                return new(status, true, new WebHookResult.Failed(WebHookErrors.Status(status)), RetryAfter(answer));
            var content = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var result = WebHookAnswer.Read(target, status, content);
            if (result is WebHookResult.Failed)
                LogFailed(target.Name, status);
            return new(status, false, result, null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            LogUnreached(target.Name, e.HttpRequestError);
            return new(0, false, new WebHookResult.Failed(WebHookErrors.Unusable), null);
        }
        catch (HttpRequestException e)
        {
            // The exception's text holds the address.
            LogUnreached(target.Name, e.HttpRequestError);
            return new(0, true, new WebHookResult.Failed(WebHookErrors.Unusable), null);
        }
        catch (InvalidOperationException)
        {
            // The answer names a character set that does not exist.
            return new(0, false, new WebHookResult.Failed(WebHookErrors.Unusable), null);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || answer.Headers.RetryAfter is not { } asked)
            return null;
        var wait = asked.Delta ?? asked.Date - time.GetUtcNow() ?? TimeSpan.Zero;
        // Whatever the header says, a timer must be able to hold it; the deadline cuts it all the same.
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 6001, EventName = "WebHookRetried", Level = LogLevel.Information, Message = "Web hook {Hook} is called again after attempt {Attempt} ended with status {Status}")]
    private partial void LogRetried(string hook, int attempt, int status);

    [LoggerMessage(EventId = 6002, EventName = "WebHookFailed", Level = LogLevel.Warning, Message = "Web hook {Hook} answered with status {Status}, which cannot be used")]
    private partial void LogFailed(string hook, int status);

    [LoggerMessage(EventId = 6003, EventName = "WebHookUnreached", Level = LogLevel.Warning, Message = "Web hook {Hook} could not be reached: {Kind}")]
    private partial void LogUnreached(string hook, HttpRequestError kind);

    [LoggerMessage(EventId = 6004, EventName = "WebHookTimedOut", Level = LogLevel.Warning, Message = "Web hook {Hook} gave no answer within {Limit}")]
    private partial void LogTimedOut(string hook, TimeSpan limit);
}

/// <summary>How one attempt ended.</summary>
/// <param name="Status">The status; 0 without an answer.</param>
/// <param name="IsTemporary">Whether another attempt may help.</param>
/// <param name="Result">What it means.</param>
/// <param name="RetryAfter">How long the other side asks to wait; null when it does not say.</param>
internal sealed record WebHookAttempt(int Status, bool IsTemporary, WebHookResult Result, TimeSpan? RetryAfter);
