using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>One configured provider, ready to be talked to.</summary>
internal abstract class Provider(ProviderOptions options, IClaimsMapper mapper)
{
    public ProviderOptions Options => options;

    public string Id => options.Id;

    /// <summary>What people read on the button.</summary>
    public string Label => options.Label.Length > 0 ? options.Label : options.Id;

    /// <summary>Null for a provider of everybody.</summary>
    public string? OrganizationId => options.OrganizationId.Length > 0 ? options.OrganizationId : null;

    /// <summary>Where the provider sends people back to.</summary>
    /// <param name="publicUrl">The public URL of this host.</param>
    public abstract string RedirectUri(string publicUrl);

    /// <summary>Where the browser goes to sign in at the provider.</summary>
    public abstract ValueTask<ProviderResult<AuthorizationStart>> StartAsync(AuthorizationRequest request, CancellationToken cancellationToken);

    /// <summary>Who came back with the provider's answer.</summary>
    public abstract ValueTask<ProviderResult<ProviderGrant>> RedeemAsync(AuthorizationResponse response, CancellationToken cancellationToken);

    /// <summary>Whom an ID token is about that a native app got from the provider itself.</summary>
    public abstract ValueTask<ProviderResult<ProviderClaims>> VerifyIdTokenAsync(string idToken, string? nonce, CancellationToken cancellationToken);

    /// <summary>What of the claims becomes an identity.</summary>
    /// <param name="claims">What the provider said.</param>
    /// <param name="schemaId">The identity schema; null for the default.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken) => mapper.MapAsync(claims, schemaId, cancellationToken);
}
