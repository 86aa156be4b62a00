using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What a sign-in at a provider begins with.</summary>
/// <param name="State">What comes back unchanged.</param>
/// <param name="Nonce">What the ID token has to hold.</param>
/// <param name="CodeVerifier">The secret of RFC 7636; only its hash is sent.</param>
/// <param name="RedirectUri">Where the provider sends people back to.</param>
/// <param name="IsReauthentication">Whether somebody who is signed in proves it again.</param>
/// <param name="UpstreamParameters">What the client wants to be told to the provider. All but a few names are dropped.</param>
internal sealed record AuthorizationRequest(
    string State, string Nonce, string CodeVerifier, string RedirectUri, bool IsReauthentication, IReadOnlyDictionary<string, string> UpstreamParameters);

/// <summary>How a sign-in at a provider begins.</summary>
/// <param name="Location">Where the browser goes.</param>
/// <param name="Keep">What has to be given back at the callback, sealed until then; null mostly.</param>
internal sealed record AuthorizationStart(string Location, string? Keep);

/// <summary>What a provider sent somebody back with.</summary>
/// <param name="Code">The authorization code.</param>
/// <param name="Nonce">The nonce of the request.</param>
/// <param name="CodeVerifier">The secret of the request.</param>
/// <param name="RedirectUri">The address of the request.</param>
/// <param name="Keep">What <see cref="AuthorizationStart.Keep"/> was.</param>
/// <param name="Parameters">All parameters of the callback.</param>
internal sealed record AuthorizationResponse(string Code, string Nonce, string CodeVerifier, string RedirectUri, string? Keep, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What a provider granted.</summary>
/// <param name="Claims">Who it is.</param>
/// <param name="Tokens">The tokens that came along.</param>
internal sealed record ProviderGrant(ProviderClaims Claims, ProviderTokens Tokens);

/// <summary>The tokens of a provider; null for each that did not come.</summary>
internal sealed record ProviderTokens(string? IdToken, string? AccessToken, string? RefreshToken);
