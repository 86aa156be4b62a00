namespace Selfservice.Courier;

/// <summary>A way on which messages leave. One object serves the whole host, from several threads at once.</summary>
public interface ICourierChannel
{
    /// <summary>Which messages it takes. Of several channels for the same messages the one that was added last is used.</summary>
    MessageChannel Channel { get; }

    /// <summary>Sends a message. Whatever else goes wrong than what a result can say is thrown, and counts as a failure that another attempt may mend.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the attempt, which may take 30 seconds.</param>
    ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
