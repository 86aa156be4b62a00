using System.Text.Json;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Storage;
using Selfservice.Strategies;

namespace Selfservice.Registration;

/// <summary>A method that can say whether an identity can sign in with it; what it says is shown as a hint.</summary>
public interface ICredentialStrategy : IStrategy
{
    /// <summary>The type of the method's credentials.</summary>
    CredentialType CredentialType { get; }

    /// <summary>How many first factors this credential amounts to: 0 when it is not set up.</summary>
    int CountFirstFactors(Credential credential);

    /// <summary>How many second factors this credential amounts to: 0 when it is not set up, or is none.</summary>
    int CountSecondFactors(Credential credential) => 0;
}

/// <summary>Tells somebody whose identifier is taken what they may know about it.</summary>
internal sealed class DuplicateAccount(IStore store, IOptions<SelfserviceOptions> options, IEnumerable<IStrategy> strategies)
{
    public async Task<Message> ExplainAsync(Identity identity, CancellationToken cancellationToken)
    {
        if (!options.Value.Flows.Registration.LoginHints)
            return RegistrationMessages.Duplicate;
        var owner = await store.ReadAsync((scope, token) => scope.Identities.FindConflictAsync(identity, token), cancellationToken).ConfigureAwait(false);
        if (owner is null)
            return RegistrationMessages.Duplicate;
        var methods = strategies.OfType<ICredentialStrategy>()
            .Where(s => owner.Credential(s.CredentialType) is { } credential && s.CountFirstFactors(credential) > 0)
            .Select(s => s.CredentialType.Name);
        // The contract counts a code address as a way in, whether or not codes sign in here.
        if (owner.Credential(new("code")) is { } code && code.Config.TryGetProperty("addresses", out var addresses) && addresses.ValueKind == JsonValueKind.Array && addresses.GetArrayLength() > 0)
            methods = methods.Append("code");
        return RegistrationMessages.DuplicateWithHints(Taken(identity, owner), [.. methods.Distinct().Order(StringComparer.Ordinal)], []);
    }

    /// <summary>What both have; empty when it is nothing that a person would recognise.</summary>
    private static string Taken(Identity identity, Identity owner)
    {
        var theirs = owner.Credentials.SelectMany(c => c.Identifiers).Concat(owner.VerifiableAddresses.Select(a => a.Value)).Concat(owner.RecoveryAddresses.Select(a => a.Value)).ToHashSet(StringComparer.Ordinal);
        return identity.Credentials.SelectMany(c => c.Identifiers).Concat(identity.VerifiableAddresses.Select(a => a.Value)).Concat(identity.RecoveryAddresses.Select(a => a.Value))
            .FirstOrDefault(theirs.Contains) ?? "";
    }
}
