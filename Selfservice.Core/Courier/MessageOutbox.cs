using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Schemas;
using Selfservice.Storage;

namespace Selfservice.Courier;

/// <summary>
/// What flows send messages by. A message is composed before a transaction and added within it, so that it leaves if, and only if, what it is about was stored. How many messages one recipient
/// gets, and one client causes, is limited: nobody can have somebody else's mailbox filled.
/// </summary>
public sealed class MessageOutbox(IOptions<SelfserviceOptions> options, TimeProvider clock, IEnumerable<ICourier> couriers)
{
    private readonly ICourier? _courier = couriers.LastOrDefault();

    private MessageBudgetOptions Budget => options.Value.Security.MessageBudget;

    /// <summary>Whether the host has a courier.</summary>
    public bool IsAvailable => _courier is not null;

    /// <summary>Makes a message of a draft; null when it cannot reach its recipient. See <see cref="ICourier.ComposeAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The host has no courier.</exception>
    public ValueTask<CourierMessage?> ComposeAsync(MessageDraft draft, CancellationToken cancellationToken) =>
        (_courier ?? throw new InvalidOperationException("The host has no courier. Add one: services.AddSelfservice(...).AddCourier().")).ComposeAsync(draft, cancellationToken);

    /// <summary>Adds a message in the transaction of what it is about. False when the recipient or the client has had their share: nothing is sent then, and nobody is told.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="client">Who causes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<bool> AddAsync(IStoreScope scope, CourierMessage message, ClientContext client, CancellationToken cancellationToken) =>
        AddAsync(scope, message, client, isSent: true, cancellationToken);

    /// <summary>The same for a message that leaves only if somebody has the address: it is counted and the same is answered, so that neither the answer nor its time tells whether somebody does.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="client">Who causes it.</param>
    /// <param name="isSent">Whether it leaves.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> AddAsync(IStoreScope scope, CourierMessage message, ClientContext client, bool isSent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (client.Network is { } network && !await scope.Budgets.TryTakeAsync(new("messages_by", network, Budget.PerClient, Budget.Window), now, cancellationToken).ConfigureAwait(false))
            return false;
        // However it is spelled, it is one mailbox.
        var recipient = IdentifierNormalizer.Normalize(message.Recipient);
        if (!await scope.Budgets.TryTakeAsync(new("messages_to", recipient, Budget.PerRecipient, Budget.Window), now, cancellationToken).ConfigureAwait(false))
            return false;
        if (isSent)
            await scope.Messages.InsertAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Adds a notice to somebody of what was done to their account. It has a share of its own for each account and recipient, which nobody else can use up: whoever takes an account over must not be
    /// able to keep its owner from hearing of it, nor fill a mailbox with such notices.
    /// </summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="identityId">Whose account it is about.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> AddNoticeAsync(IStoreScope scope, CourierMessage message, Guid identityId, CancellationToken cancellationToken)
    {
        var subject = $"{identityId} {IdentifierNormalizer.Normalize(message.Recipient)}";
        if (!await scope.Budgets.TryTakeAsync(new("notices", subject, Budget.PerRecipient, Budget.Window), clock.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            return false;
        await scope.Messages.InsertAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Tells the courier, after the transaction, that there may be something to send.</summary>
    public void Wake() => _courier?.Wake();
}
