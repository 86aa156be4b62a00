namespace Selfservice.Courier;

/// <summary>What a message is about; it decides the text and what variables the text has. The set is open.</summary>
/// <param name="Name">The name on the wire, lower case with underscores.</param>
public readonly record struct CourierTemplate(string Name)
{
    /// <summary>A recovery link for an account's address: <c>recovery_url</c>, <c>identity</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate RecoveryValid { get; } = new("recovery_valid");

    /// <summary>Somebody wants to recover an account by an address that none has: <c>request_url</c>.</summary>
    public static CourierTemplate RecoveryInvalid { get; } = new("recovery_invalid");

    /// <summary>A recovery code for an account's address: <c>recovery_code</c>, in text messages <c>verification_code</c>, <c>identity</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate RecoveryCodeValid { get; } = new("recovery_code_valid");

    /// <summary>Somebody wants a recovery code for an address that no account has: <c>request_url</c>.</summary>
    public static CourierTemplate RecoveryCodeInvalid { get; } = new("recovery_code_invalid");

    /// <summary>A link that proves an address: <c>verification_url</c>, <c>identity</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate VerificationValid { get; } = new("verification_valid");

    /// <summary>Somebody wants to prove an address that no account has: <c>request_url</c>.</summary>
    public static CourierTemplate VerificationInvalid { get; } = new("verification_invalid");

    /// <summary>A code that proves an address: <c>verification_code</c>, by e-mail also <c>verification_url</c>, <c>identity</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate VerificationCodeValid { get; } = new("verification_code_valid");

    /// <summary>Somebody wants a code for an address that no account has: <c>request_url</c>.</summary>
    public static CourierTemplate VerificationCodeInvalid { get; } = new("verification_code_invalid");

    /// <summary>A code to sign in with: <c>login_code</c>, <c>identity</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate LoginCodeValid { get; } = new("login_code_valid");

    /// <summary>A code to sign up with: <c>registration_code</c>, <c>traits</c>, <c>request_url</c>, <c>expires_in_minutes</c>.</summary>
    public static CourierTemplate RegistrationCodeValid { get; } = new("registration_code_valid");

    /// <summary>Tells the former address that it was replaced: <c>identity</c>, <c>changed_at</c>.</summary>
    public static CourierTemplate VerifiableAddressChanged { get; } = new("verifiable_address_changed");

    /// <summary>Tells that a key or passkey was added: <c>identity</c>, <c>added_at</c>.</summary>
    public static CourierTemplate AuthenticatorKeyAdded { get; } = new("authenticator_key_added");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
