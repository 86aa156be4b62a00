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

/// <summary>Runs when somebody signs in.</summary>
public interface ILoginHook
{
    /// <summary>Before anything is stored: may stop the login or amend the draft. Nothing is promised about the commit's success.</summary>
    ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => ValueTask.FromResult(HookVerdict.Continue);

    /// <summary>After the login is stored, before the client is answered.</summary>
    ValueTask AfterCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
