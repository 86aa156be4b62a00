using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Storage;
using Selfservice.Strategies;

namespace Selfservice.Registration;

/// <summary>Tells somebody whose identifier is taken what they may know about it.</summary>
internal sealed class DuplicateAccount(IStore store, IOptions<SelfserviceOptions> options, IEnumerable<IStrategy> strategies)
{
    private readonly ICredentialStrategy[] _methods = [.. strategies.OfType<ICredentialStrategy>()];

    private bool ShowsOwner => options.Value.Flows.Registration.LoginHints;

    public async Task<Message> ExplainAsync(Identity identity, CancellationToken cancellationToken) =>
        ShowsOwner && await FindOwnerAsync(identity, cancellationToken).ConfigureAwait(false) is { } owner
            ? RegistrationMessages.DuplicateWithHints(Taken(identity, owner), TypesOf(owner), ProvidersOf(owner))
            : RegistrationMessages.Duplicate;

    /// <summary>What may be added to the account that has one of the identifiers or addresses; null when it is gone meanwhile.</summary>
    public async Task<LinkOffer?> OfferLinkAsync(Identity identity, JsonObject data, CancellationToken cancellationToken) =>
        await FindOwnerAsync(identity, cancellationToken).ConfigureAwait(false) is { } owner
            ? new(data, Taken(identity, owner), owner) { ShowsOwner = ShowsOwner, CredentialTypes = ShowsOwner ? TypesOf(owner) : [], Providers = ShowsOwner ? ProvidersOf(owner) : [] }
            : null;

    private Task<Identity?> FindOwnerAsync(Identity identity, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.Identities.FindConflictAsync(identity, token), cancellationToken);

    private string[] TypesOf(Identity owner)
    {
        var types = _methods.Where(s => owner.Credential(s.CredentialType) is { } credential && s.CountFirstFactors(credential) > 0).Select(s => s.CredentialType.Name);
        // The contract counts a code address as a way in, whether or not codes sign in here.
        if (owner.Credential(new("code")) is { } code && code.Config.TryGetProperty("addresses", out var addresses) && addresses.ValueKind == JsonValueKind.Array && addresses.GetArrayLength() > 0)
            types = types.Append("code");
        return [.. types.Distinct().Order(StringComparer.Ordinal)];
    }

    private string[] ProvidersOf(Identity owner) =>
        [.. _methods.Where(s => owner.Credential(s.CredentialType) is not null).SelectMany(s => s.ProvidersOf(owner.Credential(s.CredentialType)!)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What both have; empty when it is nothing that a person would recognise.</summary>
    private string Taken(Identity identity, Identity owner)
    {
        var theirs = NamesOf(owner).ToHashSet(StringComparer.Ordinal);
        return NamesOf(identity).FirstOrDefault(theirs.Contains) ?? "";
    }

    // A provider's own name for somebody is nothing that they have ever seen.
    private IEnumerable<string> NamesOf(Identity identity) =>
        identity.Credentials.Where(c => !_methods.Any(m => m.CredentialType == c.Type && m.ProvidersOf(c).Count > 0)).SelectMany(c => c.Identifiers)
            .Concat(identity.VerifiableAddresses.Select(a => a.Value))
            .Concat(identity.RecoveryAddresses.Select(a => a.Value));
}
