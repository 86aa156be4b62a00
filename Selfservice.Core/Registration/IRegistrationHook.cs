using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Registration;

/// <summary>A registration that is about to be committed, or was.</summary>
public sealed class RegistrationDraft : HookDraft
{
    /// <summary>The flow.</summary>
    public required RegistrationFlow Flow { get; init; }

    /// <summary>The identity; a hook may put an amended one in its place before the commit.</summary>
    public required Identity Identity { get; set; }

    /// <summary>How it proved itself.</summary>
    public required AuthenticationMethod Method { get; init; }

    /// <summary>Whether the new identity is signed in at once.</summary>
    public bool SignsIn { get; set; }

    /// <summary>Whether clients are told of the verification that begins with the commit, if one does.</summary>
    public bool ShowsVerification { get; set; }
}

/// <summary>Runs when somebody signs up.</summary>
public interface IRegistrationHook
{
    /// <summary>Before anything is stored: may stop the registration or amend the draft. Nothing is promised about the commit's success.</summary>
    ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) => ValueTask.FromResult(HookVerdict.Continue);

    /// <summary>After the identity is stored, before the client is answered.</summary>
    ValueTask AfterCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
