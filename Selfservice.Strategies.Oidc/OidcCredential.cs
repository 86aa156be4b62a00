using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Identities;

namespace Selfservice.Strategies.Oidc;

/// <summary>The credential of social sign-in: the accounts at providers that somebody signs in with, each also an identifier <c>provider:subject</c>.</summary>
internal static class OidcCredential
{
    /// <summary>The type.</summary>
    public static CredentialType Type { get; } = new("oidc");

    /// <summary>What an account at a provider is found by. The subject is the provider's and is taken as it is.</summary>
    public static string Identifier(string provider, string subject) => $"{provider}:{subject}";

    /// <summary>The accounts, in the order in which they were linked.</summary>
    public static IReadOnlyList<LinkedAccount> Accounts(Credential? credential) =>
        credential is not null && credential.Config.ValueKind == JsonValueKind.Object && credential.Config.TryGetProperty("providers", out var providers) && providers.ValueKind == JsonValueKind.Array
            ? [.. providers.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object).Select(LinkedAccount.Read)]
            : [];

    /// <summary>The accounts that somebody can sign in with: found by their identifier, and nobody else's but the person's.</summary>
    public static IEnumerable<LinkedAccount> Usable(Credential? credential) => Accounts(credential).Where(a =>
        a.Provider.Length > 0 && a.Subject.Length > 0 && string.IsNullOrEmpty(a.Organization) && credential!.Identifiers.Contains(Identifier(a.Provider, a.Subject), StringComparer.Ordinal));

    /// <summary>The credential with these accounts.</summary>
    /// <param name="before">The credential as it is; null where there is none yet.</param>
    /// <param name="accounts">The accounts, in the order in which they were linked.</param>
    public static Credential With(Credential? before, IReadOnlyList<LinkedAccount> accounts) => (before ?? new Credential { Type = Type }) with
    {
        Identifiers = [.. accounts.Select(a => Identifier(a.Provider, a.Subject)).Distinct(StringComparer.Ordinal)],
        Config = JsonSerializer.SerializeToElement(new JsonObject { ["providers"] = new JsonArray([.. accounts.Select(a => (JsonNode)a.ToJson())]) }),
    };
}
