using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Strategies;

namespace Selfservice.Sessions;

/// <summary>How sure a session could be of its owner, with all factors that an identity has set up.</summary>
internal sealed class AvailableLevel(IEnumerable<IStrategy> strategies)
{
    private readonly ICredentialStrategy[] _strategies = [.. strategies.OfType<ICredentialStrategy>()];
    private readonly ILoginStrategy[] _secondFactors = [.. strategies.OfType<ILoginStrategy>().Where(s => s.IsSecondFactor)];

    /// <summary>Whether the host has a method that asks for a second factor; without one no identity reaches more than its session has.</summary>
    public bool HasSecondFactors => Array.Exists(_secondFactors, s => s.IsEnabled);

    /// <summary>The highest level that the identity, with credentials, can reach.</summary>
    public AuthenticatorAssuranceLevel Of(Identity identity) =>
        _strategies.Any(s => s.IsEnabled && identity.Credential(s.CredentialType) is { } credential && s.CountSecondFactors(credential) > 0)
            ? AuthenticatorAssuranceLevel.Aal2
            : AuthenticatorAssuranceLevel.Aal1;
}
