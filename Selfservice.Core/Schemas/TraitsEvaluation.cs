namespace Selfservice.Schemas;

/// <summary>What an identity schema says about traits: the rules they break, and the identifiers and addresses that they declare.</summary>
public sealed class TraitsEvaluation
{
    internal TraitsEvaluation()
    {
    }

    /// <summary>Whether the traits break no rule.</summary>
    public bool IsValid => Violations.Count == 0;

    /// <summary>
    /// The rules that the traits break, in the order of the schema document, at most 100. Rules of the schema itself hide those that only follow from a trait's use as
    /// identifier or address, so that a form does not say the same thing twice.
    /// </summary>
    public IReadOnlyList<SchemaViolation> Violations { get; internal init; } = [];

    /// <summary>Everything that is wrong as the admin API prints it, nested causes on lines of their own with two spaces of indent; empty for valid traits.</summary>
    public string DumpText { get; internal init; } = "";

    /// <summary>
    /// Values by credential type, each without duplicates and in document order: <c>password</c>, <c>webauthn</c> and <c>code</c> normalised; <c>totp</c> (the account's
    /// name) and <c>passkey</c> (the display name) as submitted. A type without values is absent.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Identifiers { get; internal init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The addresses that one-time codes of the <c>code</c> credential may be sent to.</summary>
    public IReadOnlyList<TraitAddress> CodeAddresses { get; internal init; } = [];

    /// <summary>The addresses to be verified.</summary>
    public IReadOnlyList<TraitAddress> VerifiableAddresses { get; internal init; } = [];

    /// <summary>The addresses for account recovery.</summary>
    public IReadOnlyList<TraitAddress> RecoveryAddresses { get; internal init; } = [];

    /// <summary>The account's name in an authenticator app; the last declared one; null without one.</summary>
    public string? TotpAccountName => Identifiers.TryGetValue("totp", out var names) ? names[^1] : null;

    /// <summary>The name of a passkey: the first declared one, else the first <c>webauthn</c> identifier; null without one.</summary>
    public string? PasskeyDisplayName =>
        Identifiers.TryGetValue("passkey", out var names) || Identifiers.TryGetValue("webauthn", out names) ? names[0] : null;
}
