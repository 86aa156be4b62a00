using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Verification;

/// <summary>
/// Changes of an account that wait until a new address is proven. A verification carries what the account is to be; the change is made when the proof is given, if the session that wanted it is still
/// there and nothing else was changed meanwhile.
/// </summary>
internal sealed class AddressChanges(IdentitySchemas schemas, IdentityFactory factory)
{
    private const string Member = "address_change";

    /// <summary>Lets a verification carry a change, which the proof of one address makes and of no other.</summary>
    public static void Carry(StartedVerification verification, Identity before, Identity after, Session session) => verification.Flow.Context[Member] = new JsonObject
    {
        ["via"] = verification.Address.Via,
        ["value"] = verification.Address.Value,
        ["session_id"] = session.Id.ToString(),
        ["before"] = Fingerprint(before.Traits),
        ["traits"] = JsonNode.Parse(after.Traits.GetRawText()),
    };

    /// <summary>The account as it is to be once the address is proven; null when the change cannot be made any more.</summary>
    public Identity? Apply(VerificationFlow flow, Identity identity, AddressProof proof, DateTimeOffset now)
    {
        if (WaitingFor(flow, proof) is not { } change)
            return identity.WithProven(proof.Via, proof.Value, now);
        if (Fingerprint(identity.Traits) != (string?)change["before"] || schemas.Find(identity.SchemaId) is not { } schema)
            return null;
        var traits = JsonSerializer.SerializeToElement(change["traits"]!.AsObject(), FlowJsonContext.Default.JsonObject);
        var evaluation = schema.Evaluate(traits);
        return evaluation.IsValid ? factory.WithDerived(identity with { Traits = traits, UpdatedAt = now }, evaluation).WithProven(proof.Via, proof.Value, now) : null;
    }

    /// <summary>Notes that an address is proven, and makes the change that waited for it. False when it cannot be made any more.</summary>
    public static async Task<bool> StoreAsync(
        IStoreScope scope, VerificationFlow flow, Identity before, Identity after, AddressProof proof, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (WaitingFor(flow, proof) is not { } change)
            return await scope.Identities.SetAddressStatusAsync(proof.IdentityId, proof.Via, proof.Value, VerificationStatus.Completed, now, cancellationToken).ConfigureAwait(false);
        var session = await scope.Sessions.FindAsync(Guid.Parse((string)change["session_id"]!), cancellationToken).ConfigureAwait(false);
        return session is not null
            && session.IsActive(now)
            && await scope.Identities.UpdateAsync(after, before.UpdatedAt, cancellationToken).ConfigureAwait(false) == IdentityWrite.Written;
    }

    /// <summary>The change that waits for this proof. A form of the flow also takes the account's other addresses: proving one of those is just that.</summary>
    private static JsonObject? WaitingFor(VerificationFlow flow, AddressProof proof) =>
        flow.Context[Member] is JsonObject change && (string?)change["via"] == proof.Via && (string?)change["value"] == proof.Value ? change : null;

    private static string Fingerprint(JsonElement traits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(traits.GetRawText())));
}
