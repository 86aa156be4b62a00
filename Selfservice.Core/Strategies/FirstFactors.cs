using Selfservice.Identities;

namespace Selfservice.Strategies;

/// <summary>In how many ways somebody can sign in. Whatever is taken from an account, one has to be left: else its owner is locked out for good.</summary>
/// <param name="services">The host's services; methods themselves ask this, so it looks them up late.</param>
public sealed class FirstFactors(IServiceProvider services)
{
    /// <summary>The number of first factors of an identity, given with its credentials, over all methods that are switched on.</summary>
    public int CountOf(Identity identity) => ((IEnumerable<IStrategy>)services.GetService(typeof(IEnumerable<IStrategy>))!)
        .OfType<ICredentialStrategy>()
        .Where(s => s.IsEnabled)
        .Sum(s => identity.Credential(s.CredentialType) is { } credential ? s.CountFirstFactors(credential) : 0);
}
