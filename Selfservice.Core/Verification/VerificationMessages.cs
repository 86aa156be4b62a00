using Selfservice.Nodes;

namespace Selfservice.Verification;

/// <summary>The messages of the verification flow.</summary>
public static class VerificationMessages
{
    /// <summary>1080002: the address is proven.</summary>
    public static Message Verified { get; } = new(new(1080002), "You successfully verified your email address.", MessageType.Success);

    /// <summary>4010006: no method is responsible.</summary>
    public static Message NoStrategy { get; } = Message.Error(4010006, "Could not find a strategy to verify your account with. Did you fill out the form correctly?");

    /// <summary>4070002: the flow was completed before.</summary>
    public static Message AlreadyCompleted { get; } = Message.Error(4070002, "The request was already completed successfully and can not be retried.");

    /// <summary>4070005: the message of a flow that takes an expired one's place.</summary>
    public static MessageId Expired { get; } = new(4070005);
}
