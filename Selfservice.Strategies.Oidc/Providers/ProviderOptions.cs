using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>One provider, <c>Selfservice:Methods:Oidc:Config:Providers:N</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>The name that credentials, addresses and buttons have. Accounts that were linked under it are lost to their owners when it changes. Required; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The kind, such as <c>generic</c>, <c>google</c> or <c>github</c>. Required.</summary>
    public string Provider { get; set; } = "";

    /// <summary>What people read on the button. Empty, the default, for <see cref="Id"/>.</summary>
    public string Label { get; set; } = "";

    /// <summary>The client id that the provider gave this host. Required.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret. Required, except where the kind or <see cref="TokenEndpointAuth"/> has other proof.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The issuer, exactly as the provider's discovery document writes it. Required for kinds that have none of their own.</summary>
    public string IssuerUrl { get; set; } = "";

    /// <summary>The authorization endpoint, in place of the kind's or the discovered one. Empty, the default, for none.</summary>
    public string AuthUrl { get; set; } = "";

    /// <summary>The token endpoint, in place of the kind's or the discovered one. Empty, the default, for none.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>What is asked for. <c>openid</c> is added where the kind needs it.</summary>
    public List<string> Scope { get; set; } = [];

    /// <summary>The <c>claims</c> parameter of the authorization request (OpenID Connect Core, 5.5). Null, the default, for none.</summary>
    public JsonObject? RequestedClaims { get; set; }

    /// <summary>The tenant at Microsoft: its id, a domain, <c>common</c>, <c>organizations</c> or <c>consumers</c>. Required for the kind <c>microsoft</c>, refused for others.</summary>
    public string MicrosoftTenant { get; set; } = "";

    /// <summary>Where the subject of a Microsoft account is taken from. Default: <see cref="SubjectSource.Userinfo"/>.</summary>
    public SubjectSource SubjectSource { get; set; }

    /// <summary>The team at Apple. Required for the kind <c>apple</c>, refused for others.</summary>
    public string AppleTeamId { get; set; } = "";

    /// <summary>The id of <see cref="ApplePrivateKey"/>. Required for the kind <c>apple</c>, refused for others.</summary>
    public string ApplePrivateKeyId { get; set; } = "";

    /// <summary>The key that Apple gave, PEM (<c>PRIVATE KEY</c>). Required for the kind <c>apple</c>, refused for others.</summary>
    public string ApplePrivateKey { get; set; } = "";

    /// <summary>Where claims are taken from. Default: <see cref="ClaimsSource.IdToken"/>.</summary>
    public ClaimsSource ClaimsSource { get; set; }

    /// <summary>Whether the proof key of RFC 7636 is sent. Default: <see cref="PkceMode.Auto"/>.</summary>
    public PkceMode Pkce { get; set; }

    /// <summary>Audiences besides <see cref="ClientId"/> that ID tokens of native apps may have.</summary>
    public List<string> AdditionalIdTokenAudiences { get; set; } = [];

    /// <summary>Whether native apps may submit ID tokens of this provider, which are then verified with the provider's keys. Default: false; the kinds <c>apple</c> and <c>google</c> always may.</summary>
    public bool AcceptIdTokens { get; set; }

    /// <summary>How accounts with the same address are linked. Default and only choice: after signing in to the existing account.</summary>
    public AccountLinkingMode AccountLinkingMode { get; set; }

    /// <summary>The organization whose provider this is: it is shown in no flow. Empty, the default, for none.</summary>
    public string OrganizationId { get; set; } = "";

    /// <summary>How this host proves itself at the token endpoint. Default: <see cref="TokenEndpointAuth.Auto"/>.</summary>
    public TokenEndpointAuth TokenEndpointAuth { get; set; }

    /// <summary>The key of <see cref="TokenEndpointAuth.PrivateKeyJwt"/>: RSA or EC, PEM (<c>PRIVATE KEY</c>, PKCS#8).</summary>
    public string ClientPrivateKey { get; set; } = "";

    /// <summary>The id of <see cref="ClientPrivateKey"/> at the provider. Empty, the default, for none.</summary>
    public string ClientPrivateKeyId { get; set; } = "";

    /// <summary>A Jsonnet program that makes an identity of claims: <c>base64://</c>, <c>file://</c> or <c>https://</c>. Needs the package Selfservice.Strategies.Oidc.Jsonnet.</summary>
    public string MapperUrl { get; set; } = "";

    /// <summary>Rules that make an identity of claims. With neither rules nor <see cref="MapperUrl"/> nor <see cref="MapClaims(Func{ProviderClaims, MappedIdentity})"/>, a verified e-mail address becomes the schema's e-mail trait.</summary>
    public List<ClaimRule> Map { get; set; } = [];

    internal Func<ProviderClaims, MappedIdentity>? Mapping { get; private set; }

    /// <summary>Makes identities of claims in code. A provider has at most one of this, <see cref="Map"/> and <see cref="MapperUrl"/>.</summary>
    /// <param name="map">Makes an identity of claims.</param>
    public void MapClaims(Func<ProviderClaims, MappedIdentity> map) => Mapping = map;
}
