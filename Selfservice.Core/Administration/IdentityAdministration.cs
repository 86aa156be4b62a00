using System.Text.Json;
using Selfservice.Errors;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Telemetry;

namespace Selfservice.Administration;

/// <summary>What an administrator wants an identity to be. What is null stays as it is.</summary>
public sealed record IdentityChange
{
    /// <summary>The schema.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The traits.</summary>
    public JsonElement? Traits { get; init; }

    /// <summary>The state: <c>active</c> or <c>inactive</c>.</summary>
    public string? State { get; init; }

    /// <summary>Credentials to bring along, by type; each has a <c>config</c>.</summary>
    public JsonElement? Credentials { get; init; }

    /// <summary>Addresses that are proven already.</summary>
    public IReadOnlyList<VerifiableAddress> VerifiableAddresses { get; init; } = [];

    /// <summary>Sets what no schema has a say in.</summary>
    public Func<Identity, Identity> Amend { get; init; } = identity => identity;
}

/// <summary>Creates and changes identities on behalf of an administrator.</summary>
public sealed class IdentityAdministration
{
    private readonly IStore _store;
    private readonly IdentitySchemas _schemas;
    private readonly IdentityFactory _factory;
    private readonly IStrategy[] _strategies;
    private readonly FirstFactors _factors;
    private readonly SelfserviceEvents _events;
    private readonly TimeProvider _clock;

    internal IdentityAdministration(
        IStore store, IdentitySchemas schemas, IdentityFactory factory, IEnumerable<IStrategy> strategies, FirstFactors factors, SelfserviceEvents events, TimeProvider clock) =>
        (_store, _schemas, _factory, _strategies, _factors, _events, _clock) = (store, schemas, factory, [.. strategies], factors, events, clock);

    /// <summary>409: another identity has one of the identifiers, addresses, or the external id.</summary>
    public static ErrorObject Conflict { get; } = new()
    {
        Code = 409,
        Message = "The resource could not be created due to a conflict",
        Reason = "This identity conflicts with another identity that already exists.",
    };

    private static readonly ErrorObject UniqueViolation = new() { Code = 409, Message = "Unable to insert or update resource because a resource with that value exists already" };

    /// <summary>Creates an identity.</summary>
    public async Task<(Identity? Identity, ErrorObject? Error)> CreateAsync(IdentityChange change, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var blank = new Identity { Id = Guid.CreateVersion7(now), SchemaId = _schemas.Default.Id, Traits = Credential.EmptyConfig, StateChangedAt = now, CreatedAt = now, UpdatedAt = now };
        var (identity, error) = await ApplyAsync(blank, change, cancellationToken).ConfigureAwait(false);
        if (identity is null)
            return (null, error);
        var written = await _store.WriteAsync(
            async (scope, token) =>
            {
                var result = await scope.Identities.InsertAsync(identity, token).ConfigureAwait(false);
                if (result != IdentityWrite.Written)
                    scope.RollBack();
                return result;
            },
            cancellationToken).ConfigureAwait(false);
        if (written != IdentityWrite.Written)
            return (null, Conflict);
        _events.IdentityChanged(IdentityEvent.Created, identity.Id);
        return (identity, null);
    }

    /// <summary>Changes an identity. Who has no access any more when it is switched off is decided at each look at a session, so nothing is left to end here.</summary>
    public async Task<(Identity? Identity, ErrorObject? Error)> ChangeAsync(Identity before, IdentityChange change, CancellationToken cancellationToken)
    {
        var (identity, error) = await ApplyAsync(before with { UpdatedAt = _clock.GetUtcNow() }, change, cancellationToken).ConfigureAwait(false);
        return identity is null ? (null, error) : await WriteAsync(identity, before, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a credential away, or a part of it. The last way to sign in stays.</summary>
    /// <param name="before">The identity, with credentials.</param>
    /// <param name="type">The credential's type.</param>
    /// <param name="identifier">Which part of it, where it has several; null for none in particular.</param>
    /// <param name="cancellationToken">Stops waiting for the transaction.</param>
    public async Task<(Identity? Identity, ErrorObject? Error)> RemoveCredentialAsync(Identity before, CredentialType type, string? identifier, CancellationToken cancellationToken)
    {
        if (before.Credential(type) is not { } credential)
            return (null, ErrorObject.NotFound($"You tried to remove a {type} but this user have no {type} set up."));
        if (_strategies.OfType<ICredentialStrategy>().FirstOrDefault(s => s.CredentialType == type) is not { } method)
            return (null, ErrorObject.BadRequest($"Credentials type {type} cannot be deleted."));
        var (left, error) = method.Remove(credential, identifier);
        if (left is null)
            return (null, error);
        var identity = _factory.WithCredential(before, left) with { UpdatedAt = _clock.GetUtcNow() };
        if (_factors.CountOf(identity) == 0 && _factors.CountOf(before) > 0)
            return (null, ErrorObject.BadRequest("You cannot remove the last first factor credential."));
        return await WriteAsync(identity, before, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an identity with all that belongs to it. Once begun it runs to its end.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(Guid id)
    {
        var isKnown = await _store.WriteAsync((scope, token) => scope.Identities.DeleteAsync(id, token), CancellationToken.None).ConfigureAwait(false);
        if (isKnown)
            _events.IdentityChanged(IdentityEvent.Deleted, id);
        return isKnown;
    }

    private async Task<(Identity? Identity, ErrorObject? Error)> WriteAsync(Identity identity, Identity before, CancellationToken cancellationToken)
    {
        var written = await _store.WriteAsync(
            async (scope, token) =>
            {
                var result = await scope.Identities.UpdateAsync(identity, before.UpdatedAt, token).ConfigureAwait(false);
                if (result != IdentityWrite.Written)
                    scope.RollBack();
                return result;
            },
            cancellationToken).ConfigureAwait(false);
        if (written == IdentityWrite.Written)
            _events.IdentityChanged(IdentityEvent.Updated, identity.Id);
        return written switch
        {
            IdentityWrite.Written => (identity, null),
            IdentityWrite.Conflict => (null, UniqueViolation),
            _ => (null, ErrorObject.MissingRow),
        };
    }

    private async Task<(Identity? Identity, ErrorObject? Error)> ApplyAsync(Identity identity, IdentityChange change, CancellationToken cancellationToken)
    {
        if (change.State is not (null or "" or "active" or "inactive"))
            return (null, ErrorObject.BadRequest("identity state is not valid"));
        var schemaId = string.IsNullOrEmpty(change.SchemaId) ? identity.SchemaId : change.SchemaId;
        if (_schemas.Find(schemaId) is not { } schema)
            return (null, ErrorObject.BadRequest($"Unable to find JSON Schema ID: {schemaId}"));
        identity = change.Amend(identity with { SchemaId = schema.Id, Traits = change.Traits ?? identity.Traits });
        if (!string.IsNullOrEmpty(change.State) && (change.State == "active") != (identity.State == IdentityState.Active))
            identity = identity with { State = change.State == "active" ? IdentityState.Active : IdentityState.Inactive, StateChangedAt = _clock.GetUtcNow() };
        var evaluation = schema.Evaluate(identity.Traits);
        if (!evaluation.IsValid)
            return (null, ErrorObject.BadRequest(evaluation.DumpText));
        identity = _factory.WithDerived(identity, evaluation);
        identity = identity with
        {
            VerifiableAddresses = [.. identity.VerifiableAddresses.Select(a => change.VerifiableAddresses.FirstOrDefault(x => x.Via == a.Via && x.Value == a.Value) is { } known
                ? a with { Verified = known.Verified, Status = known.Status, VerifiedAt = known.VerifiedAt ?? (known.Verified ? _clock.GetUtcNow() : null) } : a)],
        };
        return await ImportAsync(identity, change.Credentials, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Identity? Identity, ErrorObject? Error)> ImportAsync(Identity identity, JsonElement? credentials, CancellationToken cancellationToken)
    {
        if (credentials is not { ValueKind: JsonValueKind.Object } given)
            return (identity, null);
        foreach (var member in given.EnumerateObject())
        {
            if (_strategies.OfType<ICredentialImporter>().FirstOrDefault(s => s.CredentialType.Name == member.Name) is not { } importer)
                return (null, new ErrorObject { Code = 400, Message = $"json: unknown field \"{member.Name}\"" });
            if (member.Value.ValueKind != JsonValueKind.Object || !member.Value.TryGetProperty("config", out var config))
                continue;
            var before = identity.Credential(importer.CredentialType) ?? new Credential { Type = importer.CredentialType };
            var (stored, fault) = await importer.ImportAsync(config, before, cancellationToken).ConfigureAwait(false);
            if (fault is not null)
                return (null, ErrorObject.BadRequest(fault));
            if (stored is not null && stored != before)
                identity = _factory.WithCredential(identity, stored);
        }

        return (identity, null);
    }

    /// <summary>The configuration of a credential as administrators may see it.</summary>
    public JsonElement Export(Credential credential) =>
        _strategies.OfType<ICredentialImporter>().FirstOrDefault(s => s.CredentialType == credential.Type)?.Export(credential) ?? credential.Config;
}
