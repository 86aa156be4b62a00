using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What an ID token has to fulfil beside a signature, an issuer, an audience and times: it belongs to this sign-in and to nobody else.</summary>
internal static class IdTokenChecks
{
    /// <summary>OpenID Connect Core, 3.1.3.7, steps 4, 5, 10, 11, and 3.1.3.8.</summary>
    /// <exception cref="InvalidTokenException">It is not accepted.</exception>
    public static void Check(VerifiedToken token, string clientId, string nonce, bool nonceMayBeMissing, string? accessToken, DateTimeOffset latest)
    {
        var claims = token.Claims;
        // Steps 4 and 5: a token for several clients names the one that asked for it.
        if (claims["aud"] is JsonArray { Count: > 1 } && !claims.ContainsKey("azp"))
            throw new InvalidTokenException("it was made for several clients and does not say which of them asked for it");
        if (claims.ContainsKey("azp") && Text(claims, "azp") != clientId)
            throw new InvalidTokenException("it was made for another client");
        CheckIssuedAt(claims, latest);
        CheckNonce(claims, nonce, nonceMayBeMissing);
        if (claims.ContainsKey("at_hash") && accessToken is not null && !Matches(Text(claims, "at_hash"), Half(token.Algorithm, accessToken)))
            throw new InvalidTokenException("it belongs to another access token");
    }

    /// <summary>Step 10: a token from the future is none.</summary>
    public static void CheckIssuedAt(JsonObject claims, DateTimeOffset latest)
    {
        if (!claims.TryGetPropertyValue("iat", out var at))
            return;
        if (at is not JsonValue value || !value.TryGetValue(out double seconds) || seconds > latest.ToUnixTimeSeconds())
            throw new InvalidTokenException("it has expired or is not yet valid");
    }

    /// <summary>Whether two texts are the same; tells by its duration nothing about where they differ.</summary>
    public static bool Matches(string? left, string right) => left is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    public static string? Text(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Step 11.
    private static void CheckNonce(JsonObject claims, string nonce, bool mayBeMissing)
    {
        if (!claims.ContainsKey("nonce") && mayBeMissing)
            return;
        if (!Matches(Text(claims, "nonce"), nonce))
            throw new InvalidTokenException("it does not belong to this sign-in");
    }

    // 3.1.3.6: the left half of the hash, by the algorithm that the token is signed with.
    private static string Half(string algorithm, string accessToken)
    {
        var bytes = Encoding.ASCII.GetBytes(accessToken);
        var hash = algorithm[^3..] switch
        {
            "384" => SHA384.HashData(bytes),
            "512" => SHA512.HashData(bytes),
            _ => SHA256.HashData(bytes),
        };
        return Base64UrlEncoder.Encode(hash[..(hash.Length / 2)]);
    }
}
