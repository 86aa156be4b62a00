using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>Reads who somebody is from a provider's own endpoints.</summary>
/// <param name="request">What was granted, and how to ask for more.</param>
/// <param name="cancellationToken">Stops it.</param>
/// <exception cref="ProviderException">The provider's answer cannot be used.</exception>
public delegate ValueTask<ProviderClaims> ProfileReader(ProfileRequest request, CancellationToken cancellationToken);

/// <summary>
/// What is special about the providers of one kind. In addresses <c>{issuer}</c> stands for the issuer without a slash at its end. Add your own by <c>AddOidcProviderKind</c>.
/// </summary>
public sealed record ProviderKind
{
    /// <summary>The name in <see cref="ProviderOptions.Provider"/>. Required.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer where <see cref="ProviderOptions.IssuerUrl"/> is empty. Empty, the default, for none.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Whether <see cref="Issuer"/> counts whatever <see cref="ProviderOptions.IssuerUrl"/> says. Default: false.</summary>
    public bool HasFixedIssuer { get; init; }

    /// <summary>
    /// Whether it speaks OpenID Connect: endpoints and keys are read from the issuer's discovery document, <c>openid</c> is asked for, an ID token is required and checked. Default: false, for
    /// OAuth2, where <see cref="ReadProfile"/> says who it is.
    /// </summary>
    public bool IsOpenId { get; init; }

    /// <summary>Whether ID tokens hold the nonce that was sent. Default: true.</summary>
    public bool ReturnsNonce { get; init; } = true;

    /// <summary>The authorization endpoint of a kind without discovery.</summary>
    public string AuthorizationEndpoint { get; init; } = "";

    /// <summary>The token endpoint of a kind without discovery.</summary>
    public string TokenEndpoint { get; init; } = "";

    /// <summary>The endpoint that <see cref="ReadProfile"/> asks; found in the discovery document for kinds with one.</summary>
    public string ProfileEndpoint { get; init; } = "";

    /// <summary>Whether <c>openid</c> is asked for although an ID token is not required. Default: false.</summary>
    public bool AsksForOpenId { get; init; }

    /// <summary>Parameters that every authorization request has; clients can overwrite the few that they may set.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The parameter <c>prompt</c> when somebody who is signed in proves it again. Null, the default, for none.</summary>
    public string? PromptOnReauthentication { get; init; }

    /// <summary>Whether <see cref="ProviderOptions.RequestedClaims"/> are sent. Default: false.</summary>
    public bool SendsRequestedClaims { get; init; }

    /// <summary>Changes the parameters of an authorization request. Null, the default, for nothing.</summary>
    public Action<ProviderOptions, IDictionary<string, string>>? AdjustAuthorization { get; init; }

    /// <summary>Parameters that every token request has.</summary>
    public IReadOnlyDictionary<string, string> TokenParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How this host proves itself where <see cref="ProviderOptions.TokenEndpointAuth"/> leaves it open. Default: <see cref="TokenEndpointAuth.Auto"/>.</summary>
    public TokenEndpointAuth TokenEndpointAuth { get; init; }

    /// <summary>What separates the granted scopes in the token answer; they must then hold all that were asked for. Null, the default, for scopes that are not checked.</summary>
    public char? GrantedScopeSeparator { get; init; }

    /// <summary>Whether people come back to the address that all providers share. Default: false.</summary>
    public bool UsesSharedCallback { get; init; }

    /// <summary>Whether native apps may submit ID tokens. Default: false.</summary>
    public bool AcceptsIdTokens { get; init; }

    /// <summary>Issuers of ID tokens besides the discovered one.</summary>
    public IReadOnlyList<string> OtherIssuers { get; init; } = [];

    /// <summary>Reads who it is. Required for kinds without ID tokens; for others it adds to the ID token's claims. Null, the default, for the ID token's claims, or those of the userinfo endpoint.</summary>
    public ProfileReader? ReadProfile { get; init; }

    /// <summary>Whether claims come from the userinfo endpoint whatever <see cref="ProviderOptions.ClaimsSource"/> says. Default: false.</summary>
    public bool TakesUserinfo { get; init; }

    /// <summary>Whether a submitted ID token without a nonce is taken.</summary>
    internal Func<ProviderClaims, bool> IdTokenMayLackNonce { get; init; } = _ => false;

    /// <summary>Makes the client secret where it is not the configured one.</summary>
    internal Func<ProviderOptions, TimeProvider, string>? MakeClientSecret { get; init; }

    /// <summary>Exchanges the code where that is no form.</summary>
    internal CodeExchange? ExchangeCode { get; init; }

    /// <summary>Makes the provider where the protocol is another one.</summary>
    internal Func<ProviderServices, ProviderOptions, IClaimsMapper, Provider>? Make { get; init; }

    /// <summary>What is wrong with the settings of a provider of this kind: the rest of a sentence that begins with its name.</summary>
    internal Func<ProviderOptions, IEnumerable<string>> Faults { get; init; } = _ => [];

    /// <summary>Whether a client secret is required.</summary>
    internal bool NeedsClientSecret => MakeClientSecret is null;

    /// <summary>The issuer of a provider; empty for none.</summary>
    internal string IssuerOf(ProviderOptions options) => HasFixedIssuer || options.IssuerUrl.Length == 0
        ? Issuer.Replace("{tenant}", options.MicrosoftTenant, StringComparison.Ordinal)
        : options.IssuerUrl;
}
