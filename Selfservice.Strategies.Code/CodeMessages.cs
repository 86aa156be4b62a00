using Selfservice.Nodes;

namespace Selfservice.Strategies.Code;

/// <summary>The messages of the code method.</summary>
public static class CodeMessages
{
    /// <summary>1060003: a recovery code was sent, if the address has an account.</summary>
    public static Message RecoverySent { get; } = Message.Info(
        1060003,
        "An email containing a recovery code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.");

    /// <summary>1060005: the address has to be given in full.</summary>
    public static Message ConfirmAddress { get; } = Message.Info(1060005, "Recover access to your account by providing your recovery address in full.");

    /// <summary>1060006: which address the code goes to.</summary>
    public static Message ChooseAddress { get; } = Message.Info(1060006, "How do you want to recover your account?");

    /// <summary>1060007: the button that leads a step back.</summary>
    public static Message Back { get; } = Message.Info(1060007, "Back");

    /// <summary>1070007: an e-mail address.</summary>
    public static Message Email { get; } = Message.Info(1070007, "Email");

    /// <summary>1070008: the button that sends another code.</summary>
    public static Message Resend { get; } = Message.Info(1070008, "Resend code");

    /// <summary>1070010: the code that lets one back in.</summary>
    public static Message RecoveryCode { get; } = Message.Info(1070010, "Recovery code");

    /// <summary>1070011: the code that proves an address.</summary>
    public static Message VerificationCode { get; } = Message.Info(1070011, "Verification code");

    /// <summary>1070016: an address that lets one back in.</summary>
    public static Message RecoveryAddress { get; } = Message.Info(1070016, "Recovery address");

    /// <summary>1070017: a phone number.</summary>
    public static Message Phone { get; } = Message.Info(1070017, "Phone number");

    /// <summary>1080003: a verification code was sent, if an account has the address.</summary>
    public static Message VerificationSent { get; } = Message.Info(
        1080003,
        "An email containing a verification code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.");

    /// <summary>4060006: the recovery code is wrong, used or expired; it is not told which.</summary>
    public static Message RecoveryInvalid { get; } = Message.Error(4060006, "The recovery code is invalid or has already been used. Please try again.");

    /// <summary>4070006: the verification code is wrong, used or replaced; it is not told which.</summary>
    public static Message VerificationInvalid { get; } = Message.Error(4070006, "The verification code is invalid or has already been used. Please try again.");

    /// <summary>4000001: the code of this flow was used.</summary>
    public static Message AlreadyUsed { get; } = Reason("The code was already used. Please request another code.");

    /// <summary>4000001: too many codes were tried.</summary>
    public static Message TooOften { get; } = Reason("The request was submitted too often. Please request another code.");

    /// <summary>1060004: a recovery code was sent to an address of which only a part is shown.</summary>
    public static Message SentTo(string masked) => Message.Info(
        1060004,
        $"A recovery code has been sent to {masked}. If you have not received it, check the spelling of the address and make sure to use the address you registered with.",
        new() { ["masked_address"] = masked });

    /// <summary>1070000: an address of which only a part is shown.</summary>
    public static Message Masked(string masked) => Message.Info(1070000, masked);

    private static Message Reason(string text) => Message.Error(4000001, text, new() { ["reason"] = text });
}
