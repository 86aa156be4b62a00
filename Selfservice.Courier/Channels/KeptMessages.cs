namespace Selfservice.Courier;

/// <summary>In Development, where no server is configured: messages stay in the outbox, where the page of sent mails shows them.</summary>
internal sealed class KeptMessages(MessageChannel channel) : ICourierChannel
{
    public MessageChannel Channel => channel;

    public ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) => ValueTask.FromResult<SendResult>(new SendResult.Sent());
}
