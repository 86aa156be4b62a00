namespace Selfservice.Schemas;

/// <summary>An address that a trait declares for verification, recovery or one-time codes.</summary>
/// <param name="Via">The channel: <c>email</c> or <c>sms</c>.</param>
/// <param name="Value">The address, normalised.</param>
public sealed record TraitAddress(string Via, string Value)
{
    /// <summary>The channel of e-mail.</summary>
    public const string Email = "email";

    /// <summary>The channel of text messages.</summary>
    public const string Sms = "sms";
}
