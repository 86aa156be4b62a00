using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc;

/// <summary>What a login flow keeps of the account at a provider that it is to add.</summary>
internal static class LinkData
{
    public static JsonObject Of(LinkedAccount account) => account.ToJson();

    public static string ProviderOf(JsonObject data) => (string)data["provider"]!;

    public static LinkedAccount Read(JsonObject data)
    {
        using var document = JsonDocument.Parse(data.ToJsonString());
        return LinkedAccount.Read(document.RootElement);
    }
}
