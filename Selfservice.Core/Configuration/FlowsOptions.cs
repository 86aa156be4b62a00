using Selfservice.Flows;

namespace Selfservice.Configuration;

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
