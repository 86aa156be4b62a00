namespace Selfservice.Configuration;

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
