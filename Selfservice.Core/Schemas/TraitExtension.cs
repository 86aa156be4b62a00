namespace Selfservice.Schemas;

/// <summary>The <c>ory.sh/kratos</c> keyword of one trait.</summary>
internal sealed record TraitExtension(bool Password, bool WebAuthn, bool Passkey, bool Totp, bool Code, string? CodeVia, string? VerificationVia, string? RecoveryVia)
{
    public bool IsIdentifier => Password || WebAuthn || Passkey || Totp || Code;
}
