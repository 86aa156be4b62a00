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

    /// <summary>The first endpoint that cannot be used with this issuer; null for none.</summary>
    public string? Unusable => Array.Find([AuthorizationEndpoint, TokenEndpoint, UserinfoEndpoint], e => e.Length > 0 && !IsUsable(e, Issuer));

    /// <summary>Whether it is an address, and over HTTPS where the issuer is: a document must not lead out of the protection that it came with.</summary>
    public static bool IsUsable(string endpoint, string issuer) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && issuer.StartsWith("http://", StringComparison.Ordinal)));
}
