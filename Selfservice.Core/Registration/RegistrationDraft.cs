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
