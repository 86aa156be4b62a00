using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc;

/// <summary>An account at a provider that somebody signs in with.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Subject">The provider's own name for the person.</param>
internal sealed record LinkedAccount(string Provider, string Subject)
{
    /// <summary>The ID token that the account was linked with, sealed; empty where tokens are not kept.</summary>
    public string IdToken { get; init; } = "";

    /// <summary>The access token of that time, sealed; empty where tokens are not kept.</summary>
    public string AccessToken { get; init; } = "";

    /// <summary>The refresh token of that time, sealed; empty where tokens are not kept.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>The organization whose provider it is; null for none.</summary>
    public string? Organization { get; init; }

    /// <summary>A mark that administrators may set; nothing here acts on it.</summary>
    public bool UseAutoLink { get; init; }

    public static LinkedAccount Read(JsonElement account) => new(Text(account, "provider"), Text(account, "subject"))
    {
        IdToken = Text(account, "initial_id_token"),
        AccessToken = Text(account, "initial_access_token"),
        RefreshToken = Text(account, "initial_refresh_token"),
        Organization = Text(account, "organization") is { Length: > 0 } organization ? organization : null,
        UseAutoLink = account.TryGetProperty("use_auto_link", out var marked) && marked.ValueKind == JsonValueKind.True,
    };

    public JsonObject ToJson()
    {
        var account = new JsonObject
        {
            ["initial_id_token"] = IdToken,
            ["initial_access_token"] = AccessToken,
            ["initial_refresh_token"] = RefreshToken,
            ["subject"] = Subject,
            ["provider"] = Provider,
        };
        if (Organization is not null)
            account["organization"] = Organization;
        if (UseAutoLink)
            account["use_auto_link"] = true;
        return account;
    }

    private static string Text(JsonElement account, string name) => account.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
