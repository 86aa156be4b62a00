using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Identities;

namespace Selfservice.Strategies.Password;

/// <summary>What the method keeps of a password: its hash.</summary>
internal static class PasswordCredential
{
    public static CredentialType Type { get; } = new("password");

    /// <summary>The hash; null when no password is set.</summary>
    public static string? ReadHash(Credential? credential) =>
        credential is { Config.ValueKind: JsonValueKind.Object } && credential.Config.TryGetProperty("hashed_password", out var hash) && hash.ValueKind == JsonValueKind.String && hash.GetString() is { Length: > 0 } text
            ? text : null;

    public static JsonElement Config(string hash)
    {
        using var document = JsonDocument.Parse(new JsonObject { ["hashed_password"] = hash }.ToJsonString());
        return document.RootElement.Clone();
    }
}
