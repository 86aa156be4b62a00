using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>
/// Checks signed tokens by Microsoft.IdentityModel with the provider's keys. In the order of OpenID Connect Core, 3.1.3.7; nonce and <c>at_hash</c>, which depend on where the token came from, are
/// checked by <see cref="IdTokenChecks"/>.
/// </summary>
internal sealed class TokenVerifier(MetadataCache metadata, TimeProvider time, TimeSpan skew)
{
    // Of our own, without its cache: the shared one would keep keys of providers for the whole process.
    private readonly CryptoProviderFactory _crypto = new() { CacheSignatureProviders = false };
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Checks a token.</summary>
    /// <exception cref="InvalidTokenException">It is not accepted.</exception>
    /// <exception cref="ProviderException">The provider's keys cannot be read.</exception>
    public async ValueTask<VerifiedToken> VerifyAsync(string text, TokenExpectation expected, CancellationToken cancellationToken)
    {
        var (token, claims) = Read(text);
        var current = await metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        var result = await ValidateAsync(token, claims, expected, current).ConfigureAwait(false);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException)
        {
            // The provider may have changed its keys since they were read.
            var refreshed = await metadata.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(refreshed, current))
                result = await ValidateAsync(token, claims, expected, refreshed).ConfigureAwait(false);
        }

        return result.IsValid ? new(token.Alg, claims) : throw new InvalidTokenException(Explain(result.Exception), result.Exception);
    }

    private async Task<TokenValidationResult> ValidateAsync(JsonWebToken token, JsonObject claims, TokenExpectation expected, ProviderMetadata current)
    {
        // Step 7, before the signature: the library reports a forbidden algorithm as one of several kinds of wrong signature.
        if (!current.Algorithms.Contains(token.Alg))
            throw new InvalidTokenException("it is signed by an algorithm that the provider does not announce, or that is not allowed");
        var isUserinfo = expected.IsUserinfo;
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            CryptoProviderFactory = _crypto,
            IssuerSigningKeys = current.Keys,
            ValidAlgorithms = current.Algorithms,
            RequireSignedTokens = true,
            ValidateIssuer = !isUserinfo || claims.ContainsKey("iss"), // step 2
            ValidIssuers = [Issuer(current.Issuer, claims), .. expected.OtherIssuers],
            ValidateAudience = !isUserinfo || claims.ContainsKey("aud"), // step 3
            ValidAudiences = [expected.ClientId, .. expected.OtherAudiences],
            LifetimeValidator = (notBefore, expires, _, _) => isUserinfo || (HasBegun(notBefore) && HasNotEnded(expires)), // steps 9 and 10
        }).ConfigureAwait(false);
    }

    private static (JsonWebToken Token, JsonObject Claims) Read(string text)
    {
        JsonWebToken token;
        try
        {
            token = new(text);
        }
        catch (ArgumentException e)
        {
            throw new InvalidTokenException("it is no signed token", e);
        }

        if (token.IsEncrypted || StrictJson.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader)) is not JsonObject header
            || StrictJson.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)) is not JsonObject claims)
            throw new InvalidTokenException("it is encrypted, malformed or names a claim twice");
        // RFC 7515, 4.1.11: what the signer marks as critical must be understood, and nothing is.
        return header.ContainsKey("crit") ? throw new InvalidTokenException("it has critical extensions") : (token, claims);
    }

    private static string Issuer(string announced, JsonObject claims) =>
        announced.Contains(MicrosoftIssuers.TenantPlace, StringComparison.Ordinal) && claims["tid"] is JsonValue value && value.TryGetValue(out string? tenant)
            ? Guid.TryParseExact(tenant, "D", out _) ? announced.Replace(MicrosoftIssuers.TenantPlace, tenant, StringComparison.Ordinal)
                : throw new InvalidTokenException("TenantID claim is not a valid UUID")
            : announced;

    private bool HasBegun(DateTime? notBefore) => notBefore is null || notBefore.Value <= Now + skew;

    private bool HasNotEnded(DateTime? expires) => expires is not null && expires.Value > Now - skew;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string Explain(Exception? e) => e switch
    {
        SecurityTokenInvalidIssuerException => "its issuer is not the provider",
        SecurityTokenInvalidAudienceException => "it was made for another client",
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException or SecurityTokenNotYetValidException =>
            "it has expired or is not yet valid",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "its signature is not the provider's",
        _ => "it is malformed",
    };
}
