using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>What <c>ory.sh/kratos</c> asks of a trait's value, and what it makes of it: credentials, then verification, then recovery; the first that fails ends it.</summary>
internal static class ExtensionRules
{
    public static void Apply(TraitExtension extension, SchemaNode schema, JsonElement value, DerivedValues derived, ref Findings found)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => JsonText.Read(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        if (text is null)
            return;
        _ = Credentials(extension, schema, text, derived, ref found)
            && Verification(extension.VerificationVia, schema, text, derived, ref found)
            && Recovery(extension.RecoveryVia, schema, text, derived, ref found);
    }

    private static bool Credentials(TraitExtension extension, SchemaNode schema, string text, DerivedValues derived, ref Findings found)
    {
        if (extension.Password)
            derived.AddIdentifier("password", IdentifierNormalizer.Normalize(text));
        if (extension.WebAuthn)
            derived.AddIdentifier("webauthn", IdentifierNormalizer.Normalize(text));
        if (extension.Passkey)
            derived.AddIdentifier("passkey", text);
        if (extension.Totp)
            derived.AddIdentifier("totp", text);
        return !extension.Code || Code(extension.CodeVia, schema, text, derived, ref found);
    }

    private static bool Code(string? via, SchemaNode schema, string text, DerivedValues derived, ref Findings found)
    {
        var value = via == TraitAddress.Sms ? InternationalPhone.ToE164(text, out var reason) : Email(schema, text, out reason);
        if (value is null)
        {
            if (via == TraitAddress.Sms)
                found.AddFromExtension("", reason, null);
            else
                found.AddFromExtension("format", reason, Findings.FormatMessage("email", text));
            return false;
        }

        derived.AddIdentifier("code", value);
        derived.AddCodeAddress(via ?? TraitAddress.Email, value);
        return true;
    }

    private static bool Verification(string? via, SchemaNode schema, string text, DerivedValues derived, ref Findings found)
    {
        if (via is null)
            return true;
        var format = schema.Format ?? "email";
        var value = format switch
        {
            "email" => Email(schema, text, out _),
            "tel" => InternationalPhone.ToE164(text, out _),
            _ => text.Trim(),
        };
        if (value is null)
        {
            found.AddFromExtension("format", $"{GoText.Quote(text)} is not valid {GoText.Quote(format)}", Findings.FormatMessage(format, text));
            return false;
        }

        derived.AddVerifiable(via, value);
        return true;
    }

    private static bool Recovery(string? via, SchemaNode schema, string text, DerivedValues derived, ref Findings found)
    {
        if (via is null || (via == TraitAddress.Email && schema.Format is not (null or "email")))
            return true;
        var value = via == TraitAddress.Sms ? InternationalPhone.ToE164(text, out _) : Email(schema, text, out _);
        if (value is null)
        {
            var (format, suffix) = via == TraitAddress.Sms ? ("tel", " for \"sms\"") : ("email", "");
            found.AddFromExtension("format", $"{GoText.Quote(text)} is not valid {GoText.Quote(format)}{suffix}", Findings.FormatMessage(format, text));
            return false;
        }

        derived.AddRecovery(via, value);
        return true;
    }

    // A format that is not email says that the trait is something else, so the address is taken as it is.
    private static string? Email(SchemaNode schema, string text, out string reason)
    {
        reason = "";
        var value = IdentifierNormalizer.Normalize(text);
        if (schema.Format is not (null or "email") || EmailFormat.IsEmail(value))
            return value;
        reason = $"{GoText.Quote(text)} is not valid \"email\"";
        return null;
    }
}
