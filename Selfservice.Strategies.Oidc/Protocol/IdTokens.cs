using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>The ID tokens of one provider.</summary>
internal sealed class IdTokens(ProviderKind kind, ProviderOptions options, TokenVerifier verifier, TimeProvider time, TimeSpan skew)
{
    /// <summary>What the ID token of a code exchange says.</summary>
    /// <exception cref="ProviderException">There is none, or it is not accepted.</exception>
    public async ValueTask<ProviderClaims> ReadAsync(ProviderTokens tokens, string nonce, CancellationToken cancellationToken)
    {
        if (tokens.IdToken is null)
            throw new ProviderException(OidcErrors.NoIdToken, "The token endpoint answered without an id_token");
        try
        {
            var token = await verifier.VerifyAsync(tokens.IdToken, new() { ClientId = options.ClientId, OtherIssuers = kind.OtherIssuers }, cancellationToken).ConfigureAwait(false);
            IdTokenChecks.Check(token, options.ClientId, nonce, !kind.ReturnsNonce, tokens.AccessToken, Latest);
            return StandardClaims.Read(token.Claims, keepRaw: true);
        }
        catch (InvalidTokenException e)
        {
            throw new ProviderException(OidcErrors.IdTokenRefused(e.Message), $"The ID token was not accepted: {e.Message}", e);
        }
    }

    /// <summary>What an ID token says that an app submitted. Its <c>azp</c> may be the app's own client, so that the audience alone tells that it is meant for this host.</summary>
    /// <exception cref="ProviderException">It is not accepted.</exception>
    public async ValueTask<ProviderClaims> VerifySubmittedAsync(string text, string? nonce, CancellationToken cancellationToken)
    {
        ProviderClaims claims;
        try
        {
            var expected = new TokenExpectation { ClientId = options.ClientId, OtherAudiences = options.AdditionalIdTokenAudiences, OtherIssuers = kind.OtherIssuers };
            var token = await verifier.VerifyAsync(text, expected, cancellationToken).ConfigureAwait(false);
            IdTokenChecks.CheckIssuedAt(token.Claims, Latest);
            claims = StandardClaims.Read(token.Claims, keepRaw: true);
        }
        catch (InvalidTokenException e)
        {
            throw new ProviderException(OidcErrors.SubmittedIdTokenRefused($"The id_token was not accepted: {e.Message}."), $"A submitted ID token was not accepted: {e.Message}", e);
        }

        if (claims.Subject.Length == 0 || claims.Issuer.Length == 0)
            throw new ProviderException(OidcErrors.SubmittedIdTokenWithoutSubject, "A submitted ID token names no subject or no issuer");
        CheckNonce(claims, nonce);
        return claims;
    }

    /// <summary>What a signed answer of the userinfo endpoint says.</summary>
    /// <exception cref="ProviderException">It is not accepted.</exception>
    public async ValueTask<JsonObject> ReadSignedUserinfoAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return (await verifier.VerifyAsync(text, new() { ClientId = options.ClientId, IsUserinfo = true }, cancellationToken).ConfigureAwait(false)).Claims;
        }
        catch (InvalidTokenException e)
        {
            throw new ProviderException(OidcErrors.UnusableAnswer, $"The answer of the userinfo endpoint was not accepted: {e.Message}", e);
        }
    }

    private DateTimeOffset Latest => time.GetUtcNow() + skew;

    private void CheckNonce(ProviderClaims claims, string? nonce)
    {
        var reason = claims.Nonce is null
            ? kind.IdTokenMayLackNonce(claims) ? null : "No nonce was included in the id_token but is required by the provider"
            : string.IsNullOrEmpty(nonce) ? "No nonce was provided but is required by the provider"
            : IdTokenChecks.Matches(nonce, claims.Nonce) ? null : "The supplied nonce does not match the nonce from the id_token";
        if (reason is not null)
            throw new ProviderException(OidcErrors.Upstream(reason), $"A submitted ID token was not accepted: {reason}");
    }
}
