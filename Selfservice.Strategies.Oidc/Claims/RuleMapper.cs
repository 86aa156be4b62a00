using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Maps claims by the rules of the configuration, in their order; a later one for the same place wins.</summary>
internal sealed class RuleMapper(IReadOnlyList<ClaimRule> rules) : IClaimsMapper
{
    private const string Raw = "raw_claims";

    public ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken)
    {
        var source = claims.ToJson();
        var made = new JsonObject { [ClaimTarget.Traits] = new JsonObject() };
        var addresses = new List<VerifiedAddress>();
        foreach (var rule in rules)
        {
            if ((rule.When.Length > 0 && !SaysSomething(Find(source, rule.When))) || Value(source, rule) is not { } value)
                continue;
            if (rule.To != ClaimTarget.VerifiedAddresses)
                JsonPaths.Set(made, rule.To, value);
            else if (ClaimJson.Text(value) is { } address)
                addresses.Add(new(ClaimTarget.ViaOf(rule), MapResult.Normal(ClaimTarget.ViaOf(rule), address)));
        }

        return ValueTask.FromResult<ProviderResult<MappedIdentity>>(new ProviderResult<MappedIdentity>.Success(
            new((JsonObject)made[ClaimTarget.Traits]!, made[ClaimTarget.MetadataPublic] as JsonObject, made[ClaimTarget.MetadataAdmin] as JsonObject, addresses)));
    }

    private static JsonNode? Value(JsonObject source, ClaimRule rule) =>
        (rule.From.Length > 0 ? Find(source, rule.From)?.DeepClone() : null) ?? (rule.Default is { } text ? JsonValue.Create(text) : null);

    // A claim that no provider shares with another is found among everything that this one sent. Names may hold dots themselves, as those that are addresses.
    private static JsonNode? Find(JsonObject source, string path) =>
        source[path] ?? ClaimJson.Find(source, path.Split('.')) ?? ClaimJson.Find(source, Raw, path) ?? ClaimJson.Find(source, [Raw, .. path.Split('.')]);

    private static bool SaysSomething(JsonNode? node) => node switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject members => members.Count > 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>() is not ("" or "false"),
            JsonValueKind.Number => node.AsValue().TryGetValue(out double number) && number != 0,
            JsonValueKind.True => true,
            _ => false,
        },
    };
}
