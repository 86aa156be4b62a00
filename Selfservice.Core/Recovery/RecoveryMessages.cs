using System.Globalization;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Recovery;

/// <summary>The messages of the recovery flow.</summary>
public static class RecoveryMessages
{
    /// <summary>4010005: no method is responsible.</summary>
    public static Message NoStrategy { get; } = Message.Error(4010005, "Could not find a strategy to recover your account with. Did you fill out the form correctly?");

    /// <summary>4060001: the flow was completed before.</summary>
    public static Message AlreadyCompleted { get; } = Message.Error(4060001, "The request was already completed successfully and can not be retried.");

    /// <summary>4060005: the message of a flow that takes an expired one's place.</summary>
    public static MessageId Expired { get; } = new(4060005);

    /// <summary>1060001: the account is open; what signs in can be changed until the given time.</summary>
    public static Message Recovered(DateTimeOffset privilegedUntil, DateTimeOffset now) => new(
        new(1060001),
        $"You successfully recovered your account. Please change your password or set up an alternative login method (e.g. social sign in) within the next {(privilegedUntil - now).TotalMinutes.ToString("F2", CultureInfo.InvariantCulture)} minutes.",
        MessageType.Success,
        new()
        {
            ["privilegedSessionExpiresAt"] = Rfc3339.Format(privilegedUntil),
            ["privileged_session_expires_at"] = Rfc3339.Format(privilegedUntil),
            ["privileged_session_expires_at_unix"] = privilegedUntil.ToUnixTimeSeconds(),
        });
}
