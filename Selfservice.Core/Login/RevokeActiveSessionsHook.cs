using Selfservice.Hooks;

namespace Selfservice.Login;

/// <summary>The configured hook <c>revoke_active_sessions</c>: a login ends the identity's other sessions.</summary>
internal sealed class RevokeActiveSessionsHook : IConfiguredHook, ILoginHook
{
    public string Name => "revoke_active_sessions";

    public ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken)
    {
        draft.RevokesOtherSessions = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }
}
