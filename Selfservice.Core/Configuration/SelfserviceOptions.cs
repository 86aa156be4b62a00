using System.Text.Json.Nodes;
using Selfservice.Flows;

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

/// <summary>Settings of the flows.</summary>
public sealed class FlowsOptions
{
    /// <summary>Signing in.</summary>
    public LoginFlowOptions Login { get; set; } = new();

    /// <summary>Signing up.</summary>
    public RegistrationFlowOptions Registration { get; set; } = new();

    /// <summary>Signing out.</summary>
    public LogoutFlowOptions Logout { get; set; } = new();

    /// <summary>Changing one's own account.</summary>
    public SettingsFlowOptions Settings { get; set; } = new();

    /// <summary>Getting back into an account.</summary>
    public RecoveryFlowOptions Recovery { get; set; } = new();

    /// <summary>Proving an address.</summary>
    public VerificationFlowOptions Verification { get; set; } = new();

    /// <summary>The page that shows errors.</summary>
    public ErrorFlowOptions Error { get; set; } = new();

    /// <summary>What happens before flows of a kind begin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    internal BeforeOptions BeforeOf(FlowKind kind) => kind.Name switch
    {
        "login" => Login.Before,
        "registration" => Registration.Before,
        "settings" => Settings.Before,
        "recovery" => Recovery.Before,
        "verification" => Verification.Before,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow."),
    };

    /// <summary>The page that shows flows of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public string UiUrlOf(FlowKind kind) => kind.Name switch
    {
        "login" => Login.UiUrl,
        "registration" => Registration.UiUrl,
        "settings" => Settings.UiUrl,
        "recovery" => Recovery.UiUrl,
        "verification" => Verification.UiUrl,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow."),
    };
}

/// <summary>How a login asks for its parts.</summary>
public enum LoginStyle
{
    /// <summary>Everything on one screen.</summary>
    Unified,

    /// <summary>The identifier first, then what this account can prove itself with.</summary>
    IdentifierFirst,
}

/// <summary>How a registration asks for its parts.</summary>
public enum RegistrationStyle
{
    /// <summary>The profile first, then a credential.</summary>
    ProfileFirst,

    /// <summary>Everything on one screen.</summary>
    Unified,
}

/// <summary>Settings of signing in.</summary>
public sealed class LoginFlowOptions
{
    /// <summary>The page that shows the flow: an absolute URL, or a path of this host. Default: <c>/login</c>.</summary>
    public string UiUrl { get; set; } = "/login";

    /// <summary>How long a flow can be submitted. Default: 1 hour.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is asked when. Default: everything at once.</summary>
    public LoginStyle Style { get; set; }

    /// <summary>What happens before a flow begins.</summary>
    public BeforeOptions Before { get; set; } = new();

    /// <summary>What happens after it.</summary>
    public AfterOptions After { get; set; } = new();
}

/// <summary>Settings of signing up.</summary>
public sealed class RegistrationFlowOptions
{
    /// <summary>Whether anybody may sign up. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The page that shows the flow: an absolute URL, or a path of this host. Default: <c>/registration</c>.</summary>
    public string UiUrl { get; set; } = "/registration";

    /// <summary>How long a flow can be submitted. Default: 1 hour.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is asked when. Default: the profile first.</summary>
    public RegistrationStyle Style { get; set; }

    /// <summary>The older switch for <see cref="RegistrationStyle.Unified"/>; true wins over <see cref="Style"/>.</summary>
    public bool EnableLegacyOneStep { get; set; }

    /// <summary>Whether somebody whose identifier is taken is told how that account signs in. It tells everybody else too. Default: false.</summary>
    public bool LoginHints { get; set; }

    /// <summary>What happens before a flow begins.</summary>
    public BeforeOptions Before { get; set; } = new();

    /// <summary>What happens after it.</summary>
    public AfterOptions After { get; set; } = new();

    internal bool IsOneStep => EnableLegacyOneStep || Style == RegistrationStyle.Unified;
}

/// <summary>Settings of signing out.</summary>
public sealed class LogoutFlowOptions
{
    /// <summary>What happens after it; only the return URL counts.</summary>
    public LogoutAfterOptions After { get; set; } = new();

    /// <summary>Whether a browser is told to forget cookies, storage and cache of this site. Default: false.</summary>
    public bool ClearBrowserData { get; set; }
}

/// <summary>What happens after signing out.</summary>
public sealed class LogoutAfterOptions
{
    /// <summary>Where the browser ends; null for <see cref="SelfserviceOptions.DefaultBrowserReturnUrl"/>.</summary>
    public string? DefaultBrowserReturnUrl { get; set; }
}

/// <summary>Settings of the page that shows errors.</summary>
public sealed class ErrorFlowOptions
{
    /// <summary>The page: an absolute URL, or a path of this host. Default: <c>/error</c>.</summary>
    public string UiUrl { get; set; } = "/error";
}

/// <summary>What happens after a flow, whichever method did it or by method. In configuration a method's part stands beside the others: <c>After:Password:Hooks</c>.</summary>
public sealed class AfterOptions
{
    /// <summary>Where the browser ends; null for <see cref="SelfserviceOptions.DefaultBrowserReturnUrl"/>.</summary>
    public string? DefaultBrowserReturnUrl { get; set; }

    /// <summary>The hooks that run, in order; for a method that has hooks of its own, those run instead. Null, the default, for the safe choice of the flow.</summary>
    public List<HookOptions>? Hooks { get; set; }

    /// <summary>The same by method.</summary>
    public Dictionary<string, AfterMethodOptions> Methods { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What happens after a flow that a certain method did.</summary>
public sealed class AfterMethodOptions
{
    /// <summary>Where the browser ends; null for the flow's choice.</summary>
    public string? DefaultBrowserReturnUrl { get; set; }

    /// <summary>The hooks that run, in order; null for the flow's hooks.</summary>
    public List<HookOptions>? Hooks { get; set; }
}

/// <summary>One configured hook.</summary>
public sealed class HookOptions
{
    /// <summary>Its name, for example <c>session</c>. A name that nothing answers to stops the host.</summary>
    public string Hook { get; set; } = "";

    /// <summary>Its settings; null for a hook without any. What the hook does not know or cannot use stops the host.</summary>
    public JsonObject? Config { get; set; }
}

/// <summary>What is known about identities.</summary>
public sealed class IdentityOptions
{
    /// <summary>The schema of identities that do not ask for another. Default: <c>default</c>.</summary>
    public string DefaultSchemaId { get; set; } = "default";

    /// <summary>The schemas. Empty: one named <c>default</c>, with an e-mail address and a name.</summary>
    public List<IdentitySchemaOptions> Schemas { get; set; } = [];
}

/// <summary>One identity schema.</summary>
public sealed class IdentitySchemaOptions
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where it lies: <c>file://</c> with a path, or <c>base64://</c> with the document itself.</summary>
    public string Url { get; set; } = "";

    /// <summary>Whether clients may ask for it when they begin a flow. Default: false.</summary>
    public bool SelfserviceSelectable { get; set; }
}

/// <summary>Keys that only this host, and others on the same database, know.</summary>
public sealed class SecretsOptions
{
    /// <summary>The keys of one-time secrets, at least 32 characters each: the first makes, all check, so that a new one can be put in front. Required outside Development.</summary>
    public List<string> Default { get; set; } = [];

    /// <summary>
    /// The keys that sign the session cookie, at least 32 characters each: the first signs, all check, so that a new one can be put in front. A cookie that none of them signed counts for nothing: who drops a key
    /// signs out every browser that it signed in. Empty, the default, for cookies without a signature, which a random token does not need.
    /// </summary>
    public List<string> Cookie { get; set; } = [];

    /// <summary>The keys under which secrets are sealed that must be read again, at least 32 characters each: the first seals, all open, so that a new one can be put in front. Empty, the default,
    /// for the keys of <see cref="Default"/>.</summary>
    public List<string> Cipher { get; set; } = [];
}

/// <summary>How this host calls others.</summary>
public sealed class ClientsOptions
{
    /// <summary>Calls over HTTP to addresses that configuration names.</summary>
    public HttpClientOptions Http { get; set; } = new();

    /// <summary>Calls of web hooks.</summary>
    public WebHookClientOptions WebHook { get; set; } = new();
}

/// <summary>Calls of web hooks.</summary>
public sealed class WebHookClientOptions
{
    /// <summary>The headers of a person's request that web hooks are told. Empty, the default, for those that browsers and proxies commonly send, without cookies and credentials.</summary>
    public List<string> HeaderAllowlist { get; set; } = [];

    /// <summary>How long a person waits for one web hook with all its attempts, at most 55 seconds: answers are given up after a minute. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Calls over HTTP to addresses that configuration names.</summary>
public sealed class HttpClientOptions
{
    /// <summary>Whether calls to loopback, private and other networks that are not the Internet are refused, whatever a host name resolves to. Default: true.</summary>
    public bool DisallowPrivateIpRanges { get; set; } = true;
}

/// <summary>What is weighed against comfort.</summary>
public sealed class SecurityOptions
{
    /// <summary>Whether strangers can learn who has an account.</summary>
    public AccountEnumerationOptions AccountEnumeration { get; set; } = new();

    /// <summary>How many messages flows may cause.</summary>
    public MessageBudgetOptions MessageBudget { get; set; } = new();

    /// <summary>
    /// Whether a link in a mail acts as soon as it is followed, as the contract's origin has it, instead of showing a page with a button. Programs that look for harmful mails
    /// follow links, too, and use them up. Default: false.
    /// </summary>
    public bool InsecureLinksActOnGet { get; set; }
}

/// <summary>How many messages flows may cause. Who has had their share is answered as before; nothing is sent.</summary>
public sealed class MessageBudgetOptions
{
    /// <summary>How many messages one recipient gets within <see cref="Window"/>, at least 1. Default: 10.</summary>
    public int PerRecipient { get; set; } = 10;

    /// <summary>How many messages one client address causes within <see cref="Window"/>, at least 1. Default: 100, as many people may share one.</summary>
    public int PerClient { get; set; } = 100;

    /// <summary>The time, counted from the first message. Default: 1 hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Whether strangers can learn who has an account.</summary>
public sealed class AccountEnumerationOptions
{
    /// <summary>Whether identifier-first login goes on in the same way for unknown identifiers. Default: false.</summary>
    public bool Mitigate { get; set; }
}

/// <summary>Switches for clients that expect another version's behaviour.</summary>
public sealed class FeatureFlagsOptions
{
    /// <summary>Whether answers about a session may be cached by a proxy in front. Default: false.</summary>
    public bool CacheableSessions { get; set; }

    /// <summary>The longest time for that; null for the rest of the session.</summary>
    public TimeSpan? CacheableSessionsMaxAge { get; set; }

    /// <summary>Whether extending a session answers 204 without a body. Default: false.</summary>
    public bool FasterSessionExtend { get; set; }

    /// <summary>Whether nodes and fields are named as in version 0.7 (<c>password_identifier</c>, <c>forced</c>). Default: false.</summary>
    public bool LegacyV07Names { get; set; }

    /// <summary>
    /// Whether clients other than pages learn from <c>continue_with</c> what comes next; else they are sent on by redirects, as older versions did, and native clients
    /// that recover an account never get its session's token. Default: true.
    /// </summary>
    public bool UseContinueWithTransitions { get; set; } = true;

    /// <summary>Whether a recovery by code first asks which of the account's addresses the code goes to. Default: false.</summary>
    public bool ChooseRecoveryAddress { get; set; }

    /// <summary>Whether a verification begins for each new address, not for the first one only, and clients are told of each. Default: false.</summary>
    public bool LegacyContinueWithVerificationUi { get; set; }

    /// <summary>Whether the traits that a social sign-up asks for belong to the group <c>oidc</c>, as in older versions, and not to <c>default</c>. Default: false.</summary>
    public bool LegacyOidcRegistrationNodeGroup { get; set; }

    /// <summary>Whether a login that needs a proven address is refused with a message in the form, without beginning a verification. Default: false.</summary>
    public bool LegacyRequireVerifiedLoginError { get; set; }

    /// <summary>Whether a completed flow may be submitted again until it expires, as the contract's origin allows. Default: false.</summary>
    public bool InsecureAllowCompletedFlowReuse { get; set; }
}
