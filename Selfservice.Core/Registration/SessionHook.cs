using Selfservice.Hooks;

namespace Selfservice.Registration;

/// <summary>The configured hook <c>session</c>: who signs up is signed in.</summary>
internal sealed class SessionHook : IConfiguredHook, IFlowHook<RegistrationDraft>
{
    public const string HookName = "session";

    public string Name => HookName;

    public ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken)
    {
        draft.SignsIn = true;
        return ValueTask.FromResult(HookVerdict.Continue);
    }
}
