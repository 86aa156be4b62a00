using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What a provider's discovery document says (OpenID Connect Discovery 1.0, 3).</summary>
internal sealed record ProviderMetadata(string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string UserinfoEndpoint)
{
    // Everything asymmetric that Microsoft.IdentityModel can check.
    private static readonly string[] Known = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];
    private static readonly string[] Usual = ["RS256"];

    /// <summary>The keys that tokens are signed with.</summary>
    public IReadOnlyList<SecurityKey> Keys { get; private init; } = [];

    /// <summary>How ID tokens may be signed: as announced, but never without a key pair.</summary>
    public IReadOnlyList<string> Algorithms { get; private init; } = Usual;

    /// <summary>How clients may prove themselves at the token endpoint; empty where it does not say.</summary>
    public IReadOnlyList<string> TokenEndpointAuthMethods { get; private init; } = [];

    /// <summary>Whether every answer names its issuer (RFC 9207, 3).</summary>
    public bool NamesIssuerInAnswers { get; private init; }

    /// <summary>Takes over what counts.</summary>
    public static ProviderMetadata From(OpenIdConnectConfiguration document)
    {
        var algorithms = Known.Intersect(document.IdTokenSigningAlgValuesSupported).ToArray();
        return new(document.Issuer ?? "", document.AuthorizationEndpoint ?? "", document.TokenEndpoint ?? "", document.UserInfoEndpoint ?? "")
        {
            Keys = [.. document.SigningKeys],
            Algorithms = algorithms.Length > 0 ? algorithms : Usual,
            TokenEndpointAuthMethods = [.. document.TokenEndpointAuthMethodsSupported],
            NamesIssuerInAnswers = document.AuthorizationResponseIssParameterSupported,
        };
    }

    /// <summary>The endpoints that an issuer over HTTPS names without it; a document must not lead out of the protection that it came with.</summary>
    public IEnumerable<string> Unprotected() =>
        Issuer.StartsWith("https://", StringComparison.Ordinal)
            ? new[] { AuthorizationEndpoint, TokenEndpoint, UserinfoEndpoint }.Where(e => e.Length > 0 && !e.StartsWith("https://", StringComparison.Ordinal))
            : [];
}
