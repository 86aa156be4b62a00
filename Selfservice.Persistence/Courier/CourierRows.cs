using System.Diagnostics;
using Selfservice.Courier;
using Selfservice.Errors;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Courier;

internal sealed class MessageRow
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Recipient { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Body { get; init; } = "";

    public string Template { get; init; } = "";

    public string TemplateData { get; init; } = "";

    public string? RequestHeaders { get; init; }

    public string? Culture { get; init; }

    public long SendCount { get; init; }

    public long FailureCount { get; init; }

    public long? DueAt { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public static MessageRow Of(CourierMessage message) => new()
    {
        Id = message.Id.Text(),
        Status = message.Status.ToWireName(),
        Channel = message.Channel.Name,
        Recipient = message.Recipient,
        Subject = message.Subject,
        Body = message.Body,
        Template = message.Template.Name,
        TemplateData = message.TemplateData.GetRawText(),
        RequestHeaders = message.RequestHeaders?.GetRawText(),
        Culture = message.Culture,
        SendCount = message.SendCount,
        FailureCount = message.FailureCount,
        DueAt = message.DueAt.Milliseconds(),
        CreatedAt = message.CreatedAt.Milliseconds(),
        UpdatedAt = message.UpdatedAt.Milliseconds(),
    };

    public CourierMessage ToMessage() => new()
    {
        Id = Id.ToId(),
        Status = CourierMessageStatuses.Parse(Status) ?? throw new UnreachableException(),
        Channel = new(Channel),
        Recipient = Recipient,
        Subject = Subject,
        Body = Body,
        Template = new(Template),
        TemplateData = TemplateData.ToJson(),
        RequestHeaders = RequestHeaders.ToJsonOrNull(),
        Culture = Culture,
        SendCount = (int)SendCount,
        FailureCount = (int)FailureCount,
        DueAt = DueAt.ToTime(),
        CreatedAt = CreatedAt.ToTime(),
        UpdatedAt = UpdatedAt.ToTime(),
    };
}

internal sealed class DispatchRow
{
    public string Id { get; init; } = "";

    public string MessageId { get; init; } = "";

    public long? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorReason { get; init; }

    public long EndedAt { get; init; }

    public static DispatchRow Of(MessageDispatch dispatch) => new()
    {
        Id = dispatch.Id.Text(),
        MessageId = dispatch.MessageId.Text(),
        ErrorCode = dispatch.Error?.Code,
        ErrorMessage = dispatch.Error?.Message,
        ErrorReason = dispatch.Error?.Reason,
        EndedAt = dispatch.EndedAt.Milliseconds(),
    };

    public MessageDispatch ToDispatch() => new()
    {
        Id = Id.ToId(),
        MessageId = MessageId.ToId(),
        Error = ErrorCode is { } code ? new ErrorObject { Code = (int)code, Message = ErrorMessage ?? "", Reason = ErrorReason } : null,
        EndedAt = EndedAt.ToTime(),
    };
}
