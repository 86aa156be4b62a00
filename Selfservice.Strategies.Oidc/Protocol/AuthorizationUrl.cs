using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Builds authorization requests. Only what is sent to the endpoint of the configuration or the discovery document can be set by clients, and of that only a few names.</summary>
internal static class AuthorizationUrl
{
    // Not login_hint: who begins a sign-in for somebody else must not choose the account.
    private static readonly string[] Forwarded = ["hd", "prompt", "acr_values", "auth_type"];

    /// <summary>Takes over what clients may tell the provider; it wins, but for a prompt of <c>none</c> where the provider must ask somebody.</summary>
    public static void Forward(IReadOnlyDictionary<string, string> upstream, IDictionary<string, string> query, bool mayStaySilent)
    {
        foreach (var name in Forwarded)
        {
            if (upstream.TryGetValue(name, out var value) && value.Length > 0 && (mayStaySilent || name != "prompt" || !value.Split(' ').Contains("none", StringComparer.OrdinalIgnoreCase)))
                query[name] = value;
        }
    }

    /// <summary>The address with its parameters in the order of their names, as the contract has them.</summary>
    public static string Build(string endpoint, IEnumerable<KeyValuePair<string, string>> query)
    {
        var text = new StringBuilder(endpoint);
        var separator = endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(Encode(name)).Append('=').Append(Encode(value));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>RFC 7636, 4.2.</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>The parameter <c>claims</c> (OpenID Connect Core, 5.5).</summary>
    public static string Claims(System.Text.Json.Nodes.JsonObject claims) => claims.ToJsonString(JsonSerializerOptions.Default);

    /// <summary>A text as forms have it.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
