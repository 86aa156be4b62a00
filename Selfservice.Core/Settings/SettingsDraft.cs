using Selfservice.Hooks;
using Selfservice.Identities;

namespace Selfservice.Settings;

/// <summary>A change of an account that is about to be committed, or was.</summary>
public sealed class SettingsDraft : HookDraft
{
    /// <summary>The flow.</summary>
    public required SettingsFlow Flow { get; init; }

    /// <summary>The account as it was.</summary>
    public required Identity Before { get; init; }

    /// <summary>The account as it is to be; a hook may put an amended one in its place before the commit.</summary>
    public required Identity Identity { get; set; }

    /// <summary>Whether the identity's other sessions end with the commit.</summary>
    public bool RevokesOtherSessions { get; set; }

    /// <summary>Whether clients are told of the verification that begins with the commit, if one does.</summary>
    public bool ShowsVerification { get; set; }
}
