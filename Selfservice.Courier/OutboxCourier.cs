using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Courier.Delivery;
using Selfservice.Courier.Templates;

namespace Selfservice.Courier;

/// <summary>Composes messages for the outbox.</summary>
internal sealed class OutboxCourier(MessageRenderer renderer, MessageSeal seal, CourierSignal signal, TimeProvider time) : ICourier
{
    public async ValueTask<CourierMessage?> ComposeAsync(MessageDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        cancellationToken.ThrowIfCancellationRequested();
        if (!draft.Channel.CanReach(draft.Recipient))
            return null;
        var data = Data(draft);
        var view = new MessageView { Part = MessagePart.Text, Template = draft.Template, Channel = draft.Channel, Data = data, Culture = draft.Culture };
        var now = time.GetUtcNow();
        return seal.Close(new CourierMessage
        {
            Id = Guid.CreateVersion7(now),
            Channel = draft.Channel,
            Recipient = draft.Recipient,
            Subject = await renderer.RenderSubjectAsync(view).ConfigureAwait(false),
            Body = await renderer.RenderTextAsync(view).ConfigureAwait(false),
            Template = draft.Template,
            TemplateData = data,
            RequestHeaders = draft.RequestHeaders is { } headers ? JsonSerializer.SerializeToElement(headers) : null,
            Culture = draft.Culture,
            DueAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        });
    }

    public ValueTask<string?> RenderHtmlAsync(CourierMessage message, CancellationToken cancellationToken) => renderer.RenderHtmlAsync(seal.Open(message) ?? message);

    public void Wake() => signal.Set();

    private static JsonElement Data(MessageDraft draft)
    {
        var data = new JsonObject { ["to"] = draft.Recipient };
        foreach (var (name, value) in draft.Data)
            data[name] = value?.DeepClone();
        return JsonSerializer.SerializeToElement(data);
    }
}
