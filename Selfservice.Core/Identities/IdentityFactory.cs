using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Schemas;

namespace Selfservice.Identities;

/// <summary>
/// Makes identities out of traits, and brings an identity in line with changed traits: identifiers and addresses always follow from what the schema says about
/// the traits. What stays the same keeps its ids and its proofs.
/// </summary>
public sealed class IdentityFactory(TimeProvider clock)
{
    /// <summary>A new, active identity.</summary>
    /// <param name="schema">The schema that the traits follow.</param>
    /// <param name="traits">The traits.</param>
    /// <param name="evaluation">What the schema says about them; must be valid.</param>
    public Identity Create(IdentitySchema schema, JsonObject traits, TraitsEvaluation evaluation)
    {
        var now = Now();
        var identity = new Identity
        {
            Id = Guid.CreateVersion7(now),
            SchemaId = schema.Id,
            Traits = JsonSerializer.SerializeToElement(traits, Flows.FlowJsonContext.Default.JsonObject),
            StateChangedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return WithDerived(identity, evaluation);
    }

    /// <summary>The identity with the identifiers and addresses that the schema derives from its traits.</summary>
    public Identity WithDerived(Identity identity, TraitsEvaluation evaluation)
    {
        var now = Now();
        var verifiable = evaluation.VerifiableAddresses.Select(a =>
            identity.VerifiableAddresses.FirstOrDefault(x => x.Via == a.Via && x.Value == a.Value)
            ?? new VerifiableAddress { Id = Guid.CreateVersion7(now), Via = a.Via, Value = a.Value, CreatedAt = now, UpdatedAt = now });
        var recovery = evaluation.RecoveryAddresses.Select(a =>
            identity.RecoveryAddresses.FirstOrDefault(x => x.Via == a.Via && x.Value == a.Value)
            ?? new RecoveryAddress { Id = Guid.CreateVersion7(now), Via = a.Via, Value = a.Value, CreatedAt = now, UpdatedAt = now });
        var credentials = identity.Credentials.ToDictionary(c => c.Type);
        foreach (var (name, identifiers) in evaluation.Identifiers.Where(i => FromTraits.Contains(i.Key)))
        {
            var type = new CredentialType(name);
            var credential = credentials.GetValueOrDefault(type) ?? new Credential { Type = type, CreatedAt = now, UpdatedAt = now, Version = VersionOf(name) };
            credentials[type] = credential with { Identifiers = identifiers, Config = ConfigOf(name, credential, evaluation) };
        }

        // An identifier that the traits no longer have finds nobody any more. Credentials of other types have identifiers that traits do not give them.
        foreach (var gone in FromTraits.Where(t => !evaluation.Identifiers.ContainsKey(t)))
            if (credentials.GetValueOrDefault(new(gone)) is { } credential)
                credentials[credential.Type] = credential with { Identifiers = [], Config = ConfigOf(gone, credential, evaluation) };

        return identity with { VerifiableAddresses = [.. verifiable], RecoveryAddresses = [.. recovery], Credentials = [.. credentials.Values.OrderBy(c => c.Type.Name, StringComparer.Ordinal)] };
    }

    /// <summary>The identity with the given configuration for one of its credentials; its identifiers stay what the schema derived.</summary>
    public Identity WithCredential(Identity identity, CredentialType type, JsonElement config) =>
        WithCredential(identity, (identity.Credential(type) ?? new Credential { Type = type }) with { Config = config });

    /// <summary>The identity with the given credential in place of the one of its type.</summary>
    public Identity WithCredential(Identity identity, Credential credential) => identity with
    {
        Credentials = [.. identity.Credentials.Where(c => c.Type != credential.Type)
            .Append(credential with { CreatedAt = credential.CreatedAt == default ? Now() : credential.CreatedAt, UpdatedAt = Now() }).OrderBy(c => c.Type.Name, StringComparer.Ordinal)],
    };

    /// <summary>The types whose identifiers come from traits and nowhere else. A display name or an account label identifies nobody.</summary>
    private static readonly string[] FromTraits = ["password", "code", "webauthn"];

    private DateTimeOffset Now() => clock.GetUtcNow();

    private static int VersionOf(string type) => type is "code" or "webauthn" ? 1 : 0;

    private static JsonElement ConfigOf(string type, Credential credential, TraitsEvaluation evaluation) => type == "code"
        ? JsonSerializer.SerializeToElement(
            new JsonObject { ["addresses"] = new JsonArray([.. evaluation.CodeAddresses.Select(a => (JsonNode)new JsonObject { ["channel"] = a.Via, ["address"] = a.Value })]) },
            Flows.FlowJsonContext.Default.JsonObject)
        : credential.Config;
}
