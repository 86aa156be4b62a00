namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>Where claims are taken from.</summary>
public enum ClaimsSource
{
    /// <summary>The ID token.</summary>
    IdToken,

    /// <summary>The userinfo endpoint. An ID token of the same subject is required all the same.</summary>
    Userinfo,
}

/// <summary>Whether the proof key of RFC 7636 is sent.</summary>
public enum PkceMode
{
    /// <summary>Always.</summary>
    Auto,

    /// <summary>Never: for providers that choke on it.</summary>
    Never,

    /// <summary>Always, and people come back to the address that all providers share.</summary>
    Force,
}

/// <summary>Where the subject of a Microsoft account is taken from.</summary>
public enum SubjectSource
{
    /// <summary>The claim <c>sub</c>, which differs for each application.</summary>
    Userinfo,

    /// <summary>The <c>id</c> of Microsoft Graph; needs the scope <c>User.Read</c>.</summary>
    Me,

    /// <summary>The claim <c>oid</c>, the same for all applications of a tenant.</summary>
    Oid,
}

/// <summary>How accounts with the same address are linked.</summary>
public enum AccountLinkingMode
{
    /// <summary>After signing in to the existing account.</summary>
    ConfirmWithExistingCredential,

    /// <summary>Without proof. Refused when the host starts.</summary>
    Automatic,
}

/// <summary>How this host proves itself at the token endpoint.</summary>
public enum TokenEndpointAuth
{
    /// <summary>As the kind or the discovery document says; else <see cref="ClientSecretBasic"/>, and <see cref="ClientSecretPost"/> where that is refused.</summary>
    Auto,

    /// <summary>The secret in the header <c>Authorization</c>.</summary>
    ClientSecretBasic,

    /// <summary>The secret in the body.</summary>
    ClientSecretPost,

    /// <summary>A signed assertion (RFC 7523) instead of a secret.</summary>
    PrivateKeyJwt,

    /// <summary>Not at all: a public client, which the proof key alone protects.</summary>
    None,
}
