using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Strategies;

namespace Selfservice.WebHooks;

/// <summary>Puts the changes that a web hook answered into an identity, unless the result were no valid identity.</summary>
internal sealed class IdentityChange(IdentitySchemas schemas, IdentityFactory identities, TimeProvider time)
{
    /// <summary>The changed identity, or the verdict that refuses the change.</summary>
    public (Identity? Identity, HookVerdict? Refused) Apply(Identity identity, JsonObject change)
    {
        var now = time.GetUtcNow();
        if (Text(change, "schema_id") is { Length: > 0 } schemaId)
            identity = identity with { SchemaId = schemaId };
        if (change["traits"] is JsonObject { Count: > 0 } traits)
            identity = identity with { Traits = JsonSerializer.SerializeToElement(traits) };
        if (Text(change, "state") is { Length: > 0 } state)
        {
            if (state is not ("active" or "inactive"))
                return Unusable();
            identity = identity with { State = state == "active" ? IdentityState.Active : IdentityState.Inactive, StateChangedAt = now };
        }

        if (change["metadata_public"] is { } open)
            identity = identity with { MetadataPublic = JsonSerializer.SerializeToElement(open) };
        if (change["metadata_admin"] is { } closed)
            identity = identity with { MetadataAdmin = JsonSerializer.SerializeToElement(closed) };
        if (change.ContainsKey("external_id"))
            identity = identity with { ExternalId = Text(change, "external_id") is { Length: > 0 } external ? external : null };
        return Derive(identity, change, now);
    }

    private (Identity? Identity, HookVerdict? Refused) Derive(Identity identity, JsonObject change, DateTimeOffset now)
    {
        if (schemas.Find(identity.SchemaId) is not { } schema)
            return Unusable();
        var evaluation = schema.Evaluate(identity.Traits);
        if (!evaluation.IsValid)
            return (null, new HookVerdict.Veto([.. evaluation.Violations.Select(v => new FieldMessage(v.NodeKey, v.Message))]));
        identity = identities.WithDerived(identity, evaluation);
        // Addresses always follow from the traits; the other side can only vouch for one.
        foreach (var address in Objects(change, "verifiable_addresses"))
        {
            if (Text(address, "via") is not { } via || Text(address, "value") is not { } value || !identity.VerifiableAddresses.Any(a => a.Via == via && a.Value == value))
                return Unusable();
            if (address["verified"]?.GetValueKind() == JsonValueKind.True)
                identity = identity.WithProven(via, value, now);
        }

        return Objects(change, "recovery_addresses").All(r => identity.RecoveryAddresses.Any(a => a.Via == Text(r, "via") && a.Value == Text(r, "value"))) ? (identity, null) : Unusable();
    }

    private static (Identity? Identity, HookVerdict? Refused) Unusable() => (null, new HookVerdict.Refuse(WebHookErrors.Unusable));

    private static IEnumerable<JsonObject> Objects(JsonObject change, string name) => (change[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static string? Text(JsonObject from, string name) => from[name]?.GetValueKind() == JsonValueKind.String ? from[name]!.GetValue<string>() : null;
}
