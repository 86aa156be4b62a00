using System.Globalization;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Flows;

/// <summary>The messages that every flow uses.</summary>
public static class FlowMessages
{
    /// <summary>1040008: the button that leads a step back.</summary>
    public static Message Back { get; } = Message.Info(1040008, "Back");

    /// <summary>1070009: the button that leads a step on.</summary>
    public static Message Continue { get; } = Message.Info(1070009, "Continue");

    /// <summary>4000001: a reason that has no message of its own.</summary>
    public static Message Generic(string reason) => Message.Error(4000001, reason, new() { ["reason"] = reason });

    /// <summary>4000002: a field is missing.</summary>
    public static Message Missing(string property) => Message.Error(4000002, $"Property {property} is missing.", new() { ["property"] = property });

    /// <summary>4000026: a value is of another type than it should be.</summary>
    public static Message WrongType(string expected, string actual) => Message.Error(
        4000026,
        $"expected {expected}, but got {actual}",
        new() { ["allowed_types"] = new JsonArray(expected), ["actual_type"] = actual });

    /// <summary>4000001: the value is none of those that are possible.</summary>
    public static Message NotOneOf(params IReadOnlyList<string> values) => Generic("value must be one of " + string.Join(", ", values.Select(v => $"\"{v}\"")));

    /// <summary>4010007: the flow was completed before.</summary>
    public static Message AlreadyCompleted { get; } = Message.Error(4010007, "The request was already completed successfully and can not be retried.");

    /// <summary>The message of a flow that takes an expired one's place.</summary>
    public static Message Expired(MessageId id, FlowKind kind, DateTimeOffset expiredAt, DateTimeOffset now) => Message.Error(
        id.Value,
        $"The {kind} flow expired {(now - expiredAt).TotalMinutes.ToString("F2", CultureInfo.InvariantCulture)} minutes ago, please try again.",
        new() { ["expired_at"] = Rfc3339.Format(expiredAt), ["expired_at_unix"] = expiredAt.ToUnixTimeSeconds() });
}
