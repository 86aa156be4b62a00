using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc;

/// <summary>An account at a provider of which somebody just proved that it is theirs.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Claims">What it says about them.</param>
/// <param name="Tokens">The tokens that came along; null where none did.</param>
internal sealed record ProvenAccount(Provider Provider, ProviderClaims Claims, ProviderTokens? Tokens)
{
    /// <summary>What it is found by.</summary>
    public string Identifier => OidcCredential.Identifier(Provider.Id, Claims.Subject);

    /// <summary>It as it is kept, without tokens.</summary>
    public LinkedAccount Account => new(Provider.Id, Claims.Subject) { Organization = Provider.OrganizationId };
}
