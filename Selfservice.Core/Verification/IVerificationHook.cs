using Selfservice.Hooks;
using Selfservice.Identities;

namespace Selfservice.Verification;

/// <summary>An address that is about to count as proven, or does.</summary>
public sealed class VerificationDraft : HookDraft
{
    /// <summary>The flow.</summary>
    public required VerificationFlow Flow { get; init; }

    /// <summary>Whose address it is; the address counts as proven in it.</summary>
    public required Identity Identity { get; init; }
}

/// <summary>Runs when somebody proves an address.</summary>
public interface IVerificationHook
{
    /// <summary>Before anything is stored: may stop it. Nothing is promised about the commit's success.</summary>
    ValueTask<HookVerdict> BeforeCommitAsync(VerificationDraft draft, CancellationToken cancellationToken) => ValueTask.FromResult(HookVerdict.Continue);

    /// <summary>After the proof is stored, before the client is answered.</summary>
    ValueTask AfterCommitAsync(VerificationDraft draft, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
