namespace Selfservice.Configuration;

/// <summary>Settings of changing one's own account.</summary>
public sealed class SettingsFlowOptions
{
    /// <summary>The page that shows the flow: an absolute URL, or a path of this host. Default: <c>/settings</c>.</summary>
    public string UiUrl { get; set; } = "/settings";

    /// <summary>How long a flow can be submitted. Default: 1 hour.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long after somebody proved who they are they may change what signs them in: password, identifiers, addresses. Afterwards they prove it again first.
    /// Default: 15 minutes; 0 asks every time.
    /// </summary>
    public TimeSpan PrivilegedSessionMaxAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The assurance level that a session needs: <c>aal1</c>, or <c>highest_available</c> (default) for all factors that the identity has.</summary>
    public string RequiredAal { get; set; } = "highest_available";

    /// <summary>Whether the identity's other sessions end when its password changes. Default: true.</summary>
    public bool RevokeOtherSessions { get; set; } = true;

    /// <summary>Whether a new address counts only once it is proven; until then the account keeps the old one. Needs <c>Verification:Enabled</c>. Default: true.</summary>
    public bool VerifyAddressChanges { get; set; } = true;

    /// <summary>Whether an address that is replaced or removed is told so. Default: true.</summary>
    public bool NotifyPreviousAddresses { get; set; } = true;

    /// <summary>What happens before a flow begins.</summary>
    public BeforeOptions Before { get; set; } = new();

    /// <summary>What happens after it.</summary>
    public AfterOptions After { get; set; } = new();
}

/// <summary>Settings of getting back into an account.</summary>
public sealed class RecoveryFlowOptions
{
    /// <summary>Whether anybody may. Default: false; the method that is used needs a courier.</summary>
    public bool Enabled { get; set; }

    /// <summary>The page that shows the flow: an absolute URL, or a path of this host. Default: <c>/recovery</c>.</summary>
    public string UiUrl { get; set; } = "/recovery";

    /// <summary>How long a flow can be submitted. Default: 1 hour.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The method: <c>code</c> (default) or <c>link</c>.</summary>
    public string Use { get; set; } = "code";

    /// <summary>Whether an address that no account has is told that somebody tried it. Default: false.</summary>
    public bool NotifyUnknownRecipients { get; set; }

    /// <summary>Whether accounts that are switched off get messages, too; they are refused afterwards all the same. Default: false.</summary>
    public bool SendToInactiveIdentities { get; set; }

    /// <summary>Whether the identity's other sessions end with a recovery: whoever made it necessary may hold one. Default: true.</summary>
    public bool RevokeOtherSessions { get; set; } = true;

    /// <summary>What happens before a flow begins.</summary>
    public BeforeOptions Before { get; set; } = new();

    /// <summary>What happens after it. Its return URL is where the settings flow leads that a recovery ends in.</summary>
    public AfterOptions After { get; set; } = new();
}

/// <summary>Settings of proving an address.</summary>
public sealed class VerificationFlowOptions
{
    /// <summary>Whether anybody may, and whether it begins by itself with a registration or a new address. Default: false; the method that is used needs a courier.</summary>
    public bool Enabled { get; set; }

    /// <summary>The page that shows the flow: an absolute URL, or a path of this host. Default: <c>/verification</c>.</summary>
    public string UiUrl { get; set; } = "/verification";

    /// <summary>How long a flow can be submitted. Default: 1 hour.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The method: <c>code</c> (default) or <c>link</c>.</summary>
    public string Use { get; set; } = "code";

    /// <summary>Whether an address that no account has is told that somebody tried it. Default: false.</summary>
    public bool NotifyUnknownRecipients { get; set; }

    /// <summary>What happens before a flow begins.</summary>
    public BeforeOptions Before { get; set; } = new();

    /// <summary>What happens after it.</summary>
    public AfterOptions After { get; set; } = new();
}

/// <summary>What happens before a flow begins.</summary>
public sealed class BeforeOptions
{
    /// <summary>The hooks that run, in order.</summary>
    public List<HookOptions> Hooks { get; set; } = [];
}
