using Selfservice.Identities;
using Selfservice.Registration;
using Selfservice.Strategies;

namespace Selfservice.Sessions;

/// <summary>How sure a session could be of its owner, with all factors that an identity has set up.</summary>
internal sealed class AvailableLevel(IEnumerable<IStrategy> strategies)
{
    private readonly ICredentialStrategy[] _strategies = [.. strategies.OfType<ICredentialStrategy>()];

    /// <summary>The highest level that the identity, with credentials, can reach.</summary>
    public AuthenticatorAssuranceLevel Of(Identity identity) =>
        _strategies.Any(s => s.IsEnabled && identity.Credential(s.CredentialType) is { } credential && s.CountSecondFactors(credential) > 0)
            ? AuthenticatorAssuranceLevel.Aal2
            : AuthenticatorAssuranceLevel.Aal1;
}
