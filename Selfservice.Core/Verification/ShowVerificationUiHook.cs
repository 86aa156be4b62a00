using Selfservice.Hooks;
using Selfservice.Registration;
using Selfservice.Settings;

namespace Selfservice.Verification;

/// <summary>The configured hook <c>show_verification_ui</c>: clients are told of the verification that begins with what they did.</summary>
internal sealed class ShowVerificationUiHook : IConfiguredHook, IFlowHook<RegistrationDraft>, IFlowHook<SettingsDraft>
{
    public string Name => "show_verification_ui";

    public ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken)
    {
        draft.ShowsVerification = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }

    public ValueTask<HookVerdict> BeforeCommitAsync(SettingsDraft draft, CancellationToken cancellationToken)
    {
        draft.ShowsVerification = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }
}
