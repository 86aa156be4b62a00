using Selfservice.Hooks;

namespace Selfservice.Storage;

/// <summary>Keeps calls of web hooks that nobody waits for. A host that makes some takes a lease on them; when it dies, the lease ends and another host makes them.</summary>
public interface IWebHookStore
{
    /// <summary>Adds a call.</summary>
    Task InsertAsync(WebHookDelivery delivery, CancellationToken cancellationToken);

    /// <summary>When the first call is or was due; null when none waits.</summary>
    /// <param name="except">Targets whose calls do not count.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<DateTimeOffset?> FirstDueAsync(IReadOnlyCollection<string> except, CancellationToken cancellationToken);

    /// <summary>Takes calls that are due, the longest waiting first, for one owner; each counts one more attempt. Calls whose lease has ended are due again.</summary>
    /// <param name="owner">Who makes them.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="except">Targets whose calls are left alone.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the lease ends.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The calls as they are now, the oldest first.</returns>
    Task<IReadOnlyList<WebHookDelivery>> LeaseAsync(string owner, int limit, IReadOnlyCollection<string> except, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Removes a call that was made, whoever holds the lease by now: the receiver has it. False when it is gone already.</summary>
    Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Records that an attempt failed, and when the next is due. False, and nothing is changed, when the owner holds the lease no more.</summary>
    Task<bool> RetryAsync(Guid id, string owner, string fault, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken);

    /// <summary>Gives a call up: it stays without its body, so that it can be seen. False, and nothing is changed, when the owner holds the lease no more.</summary>
    Task<bool> AbandonAsync(Guid id, string owner, string fault, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The calls that were given up, newest first.</summary>
    Task<IReadOnlyList<WebHookDelivery>> ListAbandonedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> calls that were given up before the given time; answers how many.</summary>
    Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
