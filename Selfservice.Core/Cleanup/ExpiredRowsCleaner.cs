using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Storage;

namespace Selfservice.Cleanup;

/// <summary>
/// Deletes rows that nobody needs any more, in small transactions, on one host at a time. It asks for nothing but the ports, so it cleans any store.
/// </summary>
internal sealed partial class ExpiredRowsCleaner(IStore store, IOptions<CleanupOptions> options, TimeProvider time, ILogger<ExpiredRowsCleaner> logger) : BackgroundService
{
    private const string Lease = "cleanup";
    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("D");

    /// <summary>Cleans once, if no other host holds the lease.</summary>
    /// <returns>How many rows were deleted, without those that went with them.</returns>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var deleted = 0;
        Task<int?> Clean(TimeSpan grace, Delete delete) => CleanTableAsync(grace, delete, settings, cancellationToken);
        // Flows before secrets: most secrets go with their flow.
        foreach (var table in new (TimeSpan Grace, Delete Delete)[]
        {
            (settings.FlowGrace, static (scope, before, limit, token) => scope.Flows.DeleteExpiredAsync(before, limit, token)),
            (settings.SecretGrace, static (scope, before, limit, token) => scope.Secrets.DeleteExpiredAsync(before, limit, token)),
            (TimeSpan.Zero, static (scope, before, limit, token) => scope.Budgets.DeleteExpiredAsync(before, limit, token)),
            (settings.SessionGrace, static (scope, before, limit, token) => scope.Sessions.DeleteExpiredAsync(before, limit, token)),
            (settings.ErrorRetention, static (scope, before, limit, token) => scope.Errors.DeleteOldAsync(before, limit, token)),
            (settings.MessageRetention, static (scope, before, limit, token) => scope.Messages.DeleteOldAsync(before, limit, token)),
            (settings.MessageRetention, static (scope, before, limit, token) => scope.WebHooks.DeleteOldAsync(before, limit, token)),
        })
        {
            if (await Clean(table.Grace, table.Delete).ConfigureAwait(false) is not { } count)
                break;
            deleted += count;
        }

        return deleted;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                var deleted = await CleanAsync(stoppingToken).ConfigureAwait(false);
                LogCleaned(deleted);
            }
            catch (DbException e)
            {
                // The next round finds the same rows.
                LogFailed(e);
            }
        }
    }

    /// <summary>Null when another host holds the lease.</summary>
    private async Task<int?> CleanTableAsync(TimeSpan grace, Delete delete, CleanupOptions settings, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (true)
        {
            var now = time.GetUtcNow();
            // Lease and deletion in one transaction: a host that lost the lease meanwhile deletes nothing.
            var count = await store.WriteAsync<int?>(
                async (scope, token) => await scope.Leases.TryAcquireAsync(Lease, _owner, now, now + settings.Interval, token).ConfigureAwait(false)
                    ? await delete(scope, now - grace, settings.BatchSize, token).ConfigureAwait(false)
                    : null,
                cancellationToken).ConfigureAwait(false);
            if (count is null)
                return null;
            deleted += count.Value;
            if (count < settings.BatchSize)
                return deleted;
            await Task.Delay(settings.Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 1201, EventName = "ExpiredRowsDeleted", Level = LogLevel.Debug, Message = "Deleted {Count} expired rows")]
    private partial void LogCleaned(int count);

    [LoggerMessage(EventId = 1202, EventName = "CleanupFailed", Level = LogLevel.Warning, Message = "Expired rows could not be deleted; the next round tries again")]
    private partial void LogFailed(Exception error);

    private delegate Task<int> Delete(IStoreScope scope, DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
