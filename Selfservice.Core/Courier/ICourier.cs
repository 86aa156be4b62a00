namespace Selfservice.Courier;

/// <summary>
/// Sends messages. A flow composes one before its transaction, inserts it with <c>scope.Messages</c> in the transaction, and calls <see cref="Wake"/> after it.
/// </summary>
public interface ICourier
{
    /// <summary>Makes a message of a draft: chooses the template by its type, channel and culture, and renders subject and plain text. Stores nothing.</summary>
    /// <param name="draft">What is wanted.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    /// <returns>The message as it is stored, outside Development with its content sealed; null when the channel cannot reach the recipient (<see cref="MessageChannel.CanReach"/>).</returns>
    /// <exception cref="InvalidOperationException">There is no such template for this channel.</exception>
    ValueTask<CourierMessage?> ComposeAsync(MessageDraft draft, CancellationToken cancellationToken);

    /// <summary>Renders the HTML part of a stored message whose content was not erased; null for text messages.</summary>
    ValueTask<string?> RenderHtmlAsync(CourierMessage message, CancellationToken cancellationToken);

    /// <summary>Tells that messages were committed, so that they leave now and not at the next look. Cheap; a call too many does no harm, and none is lost without it.</summary>
    void Wake();
}
