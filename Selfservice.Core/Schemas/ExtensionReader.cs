using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>Reads the keyword <c>ory.sh/kratos</c>; that it holds nothing else was checked against <see cref="MetaSchema"/>.</summary>
internal static class ExtensionReader
{
    public const string Keyword = "ory.sh/kratos";

    public static TraitExtension Read(JsonElement value) => new(
        Password: Flag(value, "password", "identifier"),
        WebAuthn: Flag(value, "webauthn", "identifier"),
        Passkey: Flag(value, "passkey", "display_name"),
        Totp: Flag(value, "totp", "account_name"),
        Code: Flag(value, "code", "identifier"),
        CodeVia: Find(value, "credentials", "code", "via")?.GetString(),
        VerificationVia: Find(value, "verification", "via")?.GetString(),
        RecoveryVia: Find(value, "recovery", "via")?.GetString());

    private static bool Flag(JsonElement value, string type, string name) => Find(value, "credentials", type, name) is { ValueKind: JsonValueKind.True };

    private static JsonElement? Find(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return null;
        return value;
    }
}
