namespace Selfservice.Configuration;

/// <summary>
/// The settings that every part shares. Their paths under <c>Selfservice</c> in configuration are the contract's keys in Pascal case, so that
/// <c>selfservice.flows.login.ui_url</c> is <c>Selfservice:Flows:Login:UiUrl</c>. Durations are written as <c>10m</c>, <c>1h30m</c> or <c>00:10:00</c>.
/// </summary>
public sealed class SelfserviceOptions
{
    /// <summary>The URL under which clients reach the host, without a trailing slash. Null takes it from each request, which is allowed in Development only: elsewhere a
    /// client could choose the host name that generated links show.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where a browser ends when nothing else was asked for: an absolute URL, or a path of this host. Default: <c>/welcome</c>.</summary>
    public string DefaultBrowserReturnUrl { get; set; } = "/welcome";

    /// <summary>Where clients may ask to be returned to: scheme, host and the beginning of the path must match; a host may begin with <c>*.</c> for every sub-domain.
    /// The host's own pages are always allowed.</summary>
    public List<string> AllowedReturnUrls { get; set; } = [];

    /// <summary>The flows.</summary>
    public FlowsOptions Flows { get; set; } = new();

    /// <summary>What is known about identities.</summary>
    public IdentityOptions Identity { get; set; } = new();

    /// <summary>Sessions and their cookie.</summary>
    public SessionOptions Session { get; set; } = new();

    /// <summary>What all cookies share.</summary>
    public CookieOptions Cookies { get; set; } = new();

    /// <summary>Keys that only this host, and others on the same database, know.</summary>
    public SecretsOptions Secrets { get; set; } = new();

    /// <summary>What is weighed against comfort.</summary>
    public SecurityOptions Security { get; set; } = new();

    /// <summary>How the endpoints are served.</summary>
    public ServeOptions Serve { get; set; } = new();

    /// <summary>How this host calls others.</summary>
    public ClientsOptions Clients { get; set; } = new();

    /// <summary>Whether sent messages keep their content, and administrators see it: codes and links in clear. Default: false; in Development it is always so.</summary>
    public bool Dev { get; set; }

    /// <summary>Switches for clients that expect another version's behaviour.</summary>
    public FeatureFlagsOptions FeatureFlags { get; set; } = new();
}
