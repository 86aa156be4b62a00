using System.Collections.Concurrent;
using Selfservice.Errors;

namespace Selfservice.Courier.Tests.Delivery;

/// <summary>A channel that keeps what it is given and answers as the test says.</summary>
internal sealed class TestChannel : ICourierChannel
{
    public MessageChannel Channel { get; init; } = MessageChannel.Email;

    public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();

    public Func<OutgoingMessage, CancellationToken, Task<SendResult>> Answer { get; set; } = (_, _) => Task.FromResult<SendResult>(new SendResult.Sent());

    public static SendResult Failure { get; } = new SendResult.Failed(new ErrorObject { Code = 500, Message = "busy" });

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        return await Answer(message, cancellationToken);
    }
}
