using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Strategies.Password.Policy;

namespace Selfservice.Strategies.Password;

/// <summary>The messages of the password method.</summary>
public static class PasswordMessages
{
    /// <summary>4000039: the password is the one that the account has.</summary>
    public static Message SameAsOld { get; } = Message.Error(4000039, "The new password must be different from the old password.");

    /// <summary>4000001: too many sign-ins failed; the contract has no message of its own for it.</summary>
    public static Message TooManyFailures { get; } = FlowMessages.Generic("Too many sign-ins have failed. Please try again later, or sign in another way.");

    /// <summary>1010022: the button that signs in.</summary>
    public static Message SignIn { get; } = Message.Info(1010022, "Sign in with password");

    /// <summary>1070001: the label of the field.</summary>
    public static Message Label { get; } = Message.Info(1070001, "Password");

    /// <summary>What is to be said about a password that the policy refuses; null for what is no fault of the password.</summary>
    internal static Message? For(PasswordViolation violation) => violation switch
    {
        PasswordViolation.SimilarToIdentifier => Message.Error(4000031, "The password can not be used because it is too similar to the identifier."),
        PasswordViolation.TooShort tooShort => Message.Error(
            4000032,
            $"The password must be at least {tooShort.Minimum} characters long, but got {tooShort.Actual}.",
            new() { ["min_length"] = tooShort.Minimum, ["actual_length"] = tooShort.Actual }),
        PasswordViolation.TooLong tooLong => Message.Error(
            4000033,
            $"The password must be at most {tooLong.Maximum} characters long, but got {tooLong.Actual}.",
            new() { ["max_length"] = tooLong.Maximum, ["actual_length"] = tooLong.Actual }),
        PasswordViolation.Breached breached => Message.Error(
            4000034,
            "The password has been found in data breaches and must no longer be used.",
            new() { ["breaches"] = breached.Count }),
        PasswordViolation.Described described => Message.Error(
            4000005,
            $"The password can not be used because {described.Reason}.",
            new() { ["reason"] = described.Reason }),
        _ => null,
    };
}
