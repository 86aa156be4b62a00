using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Makes identities of claims.</summary>
public interface IClaimsMapper
{
    /// <summary>Makes an identity of claims.</summary>
    /// <param name="claims">What the provider said.</param>
    /// <param name="schemaId">The identity schema; null for the default.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken);
}
