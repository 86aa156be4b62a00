using Selfservice.Hooks;
using Selfservice.Sessions;

namespace Selfservice.Login;

/// <summary>A login that is about to be committed, or was.</summary>
public sealed class LoginDraft : HookDraft
{
    /// <summary>The flow.</summary>
    public required LoginFlow Flow { get; init; }

    /// <summary>Who signs in, and how.</summary>
    public required Authentication Authentication { get; init; }

    /// <summary>The session that begins with it, or the renewed one of somebody who was signed in.</summary>
    public required Session Session { get; init; }

    /// <summary>Whether the identity's other sessions end with the commit.</summary>
    public bool RevokesOtherSessions { get; set; }
}
