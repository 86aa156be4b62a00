using Selfservice.Login;
using Selfservice.Recovery;
using Selfservice.Settings;

namespace Selfservice.Hooks;

/// <summary>The configured hook <c>revoke_active_sessions</c>: the identity's other sessions end.</summary>
internal sealed class RevokeActiveSessionsHook : IConfiguredHook, IFlowHook<LoginDraft>, IFlowHook<SettingsDraft>, IFlowHook<RecoveryDraft>
{
    public string Name => "revoke_active_sessions";

    public ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken)
    {
        draft.RevokesOtherSessions = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }

    public ValueTask<HookVerdict> BeforeCommitAsync(SettingsDraft draft, CancellationToken cancellationToken)
    {
        draft.RevokesOtherSessions = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }

    public ValueTask<HookVerdict> BeforeCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken)
    {
        draft.RevokesOtherSessions = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }
}
