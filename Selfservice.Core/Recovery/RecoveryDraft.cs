using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Recovery;

/// <summary>A recovery that is about to be committed, or was.</summary>
public sealed class RecoveryDraft : HookDraft
{
    /// <summary>The flow.</summary>
    public required RecoveryFlow Flow { get; init; }

    /// <summary>Whose account it is.</summary>
    public required Identity Identity { get; init; }

    /// <summary>How it was proven.</summary>
    public required AuthenticationMethod Method { get; init; }

    /// <summary>Whether the identity's other sessions end with the commit.</summary>
    public bool RevokesOtherSessions { get; set; }
}
