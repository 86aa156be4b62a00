using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc;

/// <summary>Settings of social sign-in, <c>Selfservice:Methods:Oidc</c>.</summary>
public sealed class OidcOptions
{
    /// <summary>Whether the method is on. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Which providers there are, and how they are talked to.</summary>
    public OidcConfigOptions Config { get; set; } = new();
}

/// <summary>Which providers there are, and how they are talked to, <c>Selfservice:Methods:Oidc:Config</c>.</summary>
public sealed class OidcConfigOptions
{
    /// <summary>Where providers send people back to, without the path. Empty, the default, for the public URL of this host.</summary>
    public string BaseRedirectUri { get; set; } = "";

    /// <summary>The providers. Where configuration has a list, it takes the place of the one that code made.</summary>
    public List<ProviderOptions> Providers { get; set; } = [];

    /// <summary>Whether the tokens of a provider are kept, sealed, with the credential when somebody signs up or links an account. Default: false: nothing here needs them.</summary>
    public bool StoreTokens { get; set; }

    /// <summary>
    /// Whether a browser may start a sign-in, and unlink an account, without the flow's CSRF token, as the contract's origin has it. A foreign site that knows a flow can then do so in
    /// somebody else's name. Default: false.
    /// </summary>
    public bool InsecureAllowStartWithoutCsrfToken { get; set; }

    /// <summary>How far the clocks of providers may differ from this host's, at most 10 minutes. Default: 1 minute.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one call of a provider may take, 1 to 60 seconds. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
