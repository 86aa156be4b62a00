using Selfservice.Courier;

namespace Selfservice.Storage;

/// <summary>How messages are listed: newest first, a page after a given message.</summary>
public sealed record CourierMessageQuery
{
    /// <summary>Only messages in this state; null for all.</summary>
    public CourierMessageStatus? Status { get; init; }

    /// <summary>Only messages to exactly this recipient; null for all.</summary>
    public string? Recipient { get; init; }

    /// <summary>Only messages that come after the one with this time of writing and id; null begins the list.</summary>
    public (DateTimeOffset CreatedAt, Guid Id)? After { get; init; }

    /// <summary>How many at most.</summary>
    public required int Limit { get; init; }
}

/// <summary>Keeps messages on their way. A host that sends some takes a lease on them; when it dies, the lease ends and another host sends them.</summary>
public interface ICourierStore
{
    /// <summary>Adds a message.</summary>
    Task InsertAsync(CourierMessage message, CancellationToken cancellationToken);

    /// <summary>When the first message is or was due; null when all are sent or abandoned.</summary>
    /// <param name="except">Channels whose messages do not count.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<DateTimeOffset?> FirstDueAsync(IReadOnlyCollection<MessageChannel> except, CancellationToken cancellationToken);

    /// <summary>Takes messages that are due, the longest waiting first, for one owner; each counts one more attempt. Messages whose lease has ended are due again.</summary>
    /// <param name="owner">Who sends them.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="except">Channels whose messages are left alone.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the lease ends.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The messages as they are now, the oldest first.</returns>
    Task<IReadOnlyList<CourierMessage>> LeaseAsync(string owner, int limit, IReadOnlyCollection<MessageChannel> except, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Records that a message was sent, whoever holds the lease by now: the receiver has it.</summary>
    /// <param name="dispatch">The attempt that succeeded.</param>
    /// <param name="keepContent">Whether subject, body, variables and headers are kept. They hold codes and links in clear.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task MarkSentAsync(MessageDispatch dispatch, bool keepContent, CancellationToken cancellationToken);

    /// <summary>Records that an attempt failed, and when the next is due. False, and nothing is changed, when the owner holds the lease no more.</summary>
    /// <param name="dispatch">The attempt that failed.</param>
    /// <param name="owner">Who made it.</param>
    /// <param name="nextAttemptAt">When the next is due.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<bool> MarkFailedAsync(MessageDispatch dispatch, string owner, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken);

    /// <summary>Records that an attempt failed and that none follows. False, and nothing is changed, when the owner holds the lease no more.</summary>
    /// <param name="dispatch">The attempt that failed.</param>
    /// <param name="owner">Who made it.</param>
    /// <param name="keepContent">Whether subject, body, variables and headers are kept. They hold codes and links in clear.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<bool> AbandonAsync(MessageDispatch dispatch, string owner, bool keepContent, CancellationToken cancellationToken);

    /// <summary>The message with this id; null without one.</summary>
    Task<CourierMessage?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The attempts at a message, newest first.</summary>
    Task<IReadOnlyList<MessageDispatch>> ListDispatchesAsync(Guid messageId, CancellationToken cancellationToken);

    /// <summary>The messages that the query describes, newest first.</summary>
    Task<IReadOnlyList<CourierMessage>> ListAsync(CourierMessageQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> messages that were sent or abandoned before the given time, with their dispatches; answers how many.</summary>
    Task<int> DeleteOldAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
