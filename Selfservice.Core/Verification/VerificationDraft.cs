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
