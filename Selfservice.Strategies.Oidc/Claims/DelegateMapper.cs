using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Maps claims by code of the host.</summary>
internal sealed class DelegateMapper(Func<ProviderClaims, MappedIdentity> map) : IClaimsMapper
{
    public ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken)
    {
        var made = map(claims);
        VerifiedAddress[] addresses = [.. made.VerifiedAddresses.Select(a => a with { Value = MapResult.Normal(a.Via, a.Value) })];
        return ValueTask.FromResult<ProviderResult<MappedIdentity>>(new ProviderResult<MappedIdentity>.Success(made with { VerifiedAddresses = addresses }));
    }
}
