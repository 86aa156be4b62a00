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

/// <summary>Runs when somebody gets back into an account.</summary>
public interface IRecoveryHook
{
    /// <summary>Before anything is stored: may stop it. Nothing is promised about the commit's success.</summary>
    ValueTask<HookVerdict> BeforeCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken) => ValueTask.FromResult(HookVerdict.Continue);

    /// <summary>After the access is stored, before the client is answered.</summary>
    ValueTask AfterCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
