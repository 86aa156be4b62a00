using Selfservice.Nodes;

namespace Selfservice.Strategies.Link;

/// <summary>The messages of the link method.</summary>
public static class LinkMessages
{
    /// <summary>1060002: a recovery link was sent, if the address has an account.</summary>
    public static Message RecoverySent { get; } = Message.Info(
        1060002,
        "An email containing a recovery link has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.");

    /// <summary>1070007: an e-mail address.</summary>
    public static Message Email { get; } = Message.Info(1070007, "Email");

    /// <summary>1080001: a verification link was sent, if an account has the address.</summary>
    public static Message VerificationSent { get; } = Message.Info(
        1080001,
        "An email containing a verification link has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.");

    /// <summary>4060004: the recovery link is wrong or used; it is not told which.</summary>
    public static Message RecoveryInvalid { get; } = Message.Error(4060004, "The recovery token is invalid or has already been used. Please retry the flow.");

    /// <summary>4070001: the verification link is wrong or used; it is not told which.</summary>
    public static Message VerificationInvalid { get; } = Message.Error(4070001, "The verification token is invalid or has already been used. Please retry the flow.");
}
