using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Signs requests by RFC 5849.</summary>
internal static class OAuth1
{
    /// <summary>No token yet.</summary>
    public static Token None { get; } = new("", "");

    /// <summary>A token, or a client, and its secret.</summary>
    internal sealed record Token(string Value, string Secret)
    {
        public override string ToString() => $"oauth_token={Uri.EscapeDataString(Value)}&oauth_token_secret={Uri.EscapeDataString(Secret)}";
    }

    /// <summary>A token as providers write it; null for anything else.</summary>
    public static Token? Parse(string? form)
    {
        var fields = HttpUtility.ParseQueryString(form ?? "");
        return fields["oauth_token"] is { Length: > 0 } token && fields["oauth_token_secret"] is { Length: > 0 } secret ? new(token, secret) : null;
    }

    /// <summary>The header <c>Authorization</c> (3.5.1).</summary>
    public static string Header(HttpMethod method, string url, Token client, Token token, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        var protocol = new Dictionary<string, string>(parameters)
        {
            ["oauth_consumer_key"] = client.Value,
            ["oauth_nonce"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ["oauth_signature_method"] = "HMAC-SHA1",
            ["oauth_timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["oauth_version"] = "1.0",
        };
        if (token.Value.Length > 0)
            protocol["oauth_token"] = token.Value;
        protocol["oauth_signature"] = Sign(BaseString(method, url, protocol), client.Secret, token.Secret);
        return "OAuth " + string.Join(", ", protocol.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}=\"{Uri.EscapeDataString(p.Value)}\""));
    }

    /// <summary>What is signed (3.4.1).</summary>
    public static string BaseString(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var address = new Uri(url);
        var query = HttpUtility.ParseQueryString(address.Query);
        // 3.4.1.3.2: encoded first, then sorted by name and value.
        var pairs = parameters.Concat(query.AllKeys.Select(k => KeyValuePair.Create(k!, query[k]!)))
            .Select(p => (Name: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        return $"{method.Method}&{Uri.EscapeDataString(address.GetLeftPart(UriPartial.Path))}&{Uri.EscapeDataString(string.Join('&', pairs))}";
    }

    /// <summary>The signature (3.4.2).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The only signature that X takes; as a MAC, SHA-1 is not broken.")]
    public static string Sign(string text, string clientSecret, string tokenSecret) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(clientSecret)}&{Uri.EscapeDataString(tokenSecret)}"), Encoding.ASCII.GetBytes(text)));
}
