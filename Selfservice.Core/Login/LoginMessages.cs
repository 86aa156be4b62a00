using Selfservice.Nodes;

namespace Selfservice.Login;

/// <summary>The messages of signing in that no single method owns.</summary>
public static class LoginMessages
{
    /// <summary>1010001: the button that proves again who one is.</summary>
    public static Message SignIn { get; } = Message.Info(1010001, "Sign in");

    /// <summary>1010003: why somebody who is signed in is asked.</summary>
    public static Message Refresh { get; } = Message.Info(1010003, "Please confirm this action by verifying that it is you.");

    /// <summary>1010004: a second factor is asked for.</summary>
    public static Message SecondFactor { get; } = Message.Info(1010004, "Please complete the second authentication challenge.");

    /// <summary>4000006: the proof does not fit, or nobody has the identifier; it must not be told which.</summary>
    public static Message InvalidCredentials { get; } = Message.Error(
        4000006,
        "The provided credentials are invalid, check for spelling mistakes in your password or username, email address, or phone number.");

    /// <summary>4000037: nobody has the identifier, or no way to sign in.</summary>
    public static Message UnknownAccount { get; } = Message.Error(4000037, "This account does not exist or has no login method configured.");

    /// <summary>4010002: no method is responsible for what was sent.</summary>
    public static Message NoStrategy { get; } = Message.Error(4010002, "Could not find a strategy to log you in with. Did you fill out the form correctly?");

    /// <summary>4010009: who signed in is not the person whose account was to be linked.</summary>
    public static Message LinkedToAnother { get; } = Message.Error(4010009, "Linked credentials do not match.");

    /// <summary>4000010: none of the account's addresses is proven.</summary>
    public static Message AddressNotVerified { get; } = Message.Error(4000010, "Account not active yet. Did you forget to verify your email address?");
}
