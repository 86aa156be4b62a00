using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Selfservice.Schemas;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>
/// Where nothing says how claims are mapped: an e-mail address that the provider marks as verified becomes the trait that the schema uses as an e-mail address. One that is not verified could be
/// anybody's, and would tell whose address has an account here.
/// </summary>
internal sealed class VerifiedEmailMapper(IdentitySchemas schemas) : IClaimsMapper
{
    private const string Probe = "somebody@example.org";

    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);

    public ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken)
    {
        var schema = schemas.Find(schemaId) ?? schemas.Default;
        var traits = new JsonObject();
        if (claims is { EmailVerified: true, Email: { } email } && _paths.GetOrAdd(schema.Id, _ => EmailPath(schema)) is { Length: > 0 } path)
            JsonPaths.Set(traits, path, email);
        return ValueTask.FromResult<ProviderResult<MappedIdentity>>(new ProviderResult<MappedIdentity>.Success(new(traits, null, null, [])));
    }

    // The path below "traits"; empty where there is none. The schema itself says what it makes of an address in a trait.
    private static string EmailPath(IdentitySchema schema)
    {
        var texts = schema.TraitFields.Where(f => f.Type == "string").Select(f => f.Path["traits.".Length..]).ToArray();
        return texts.FirstOrDefault(path => IsEmail(schema, path))
            ?? schema.TraitFields.FirstOrDefault(f => f is { Type: "string", Format: "email" })?.Path["traits.".Length..] ?? "";
    }

    private static bool IsEmail(IdentitySchema schema, string path)
    {
        var traits = new JsonObject();
        JsonPaths.Set(traits, path, Probe);
        var evaluation = schema.Evaluate(traits);
        return evaluation.VerifiableAddresses.Concat(evaluation.RecoveryAddresses).Concat(evaluation.CodeAddresses).Any(a => a == new TraitAddress(TraitAddress.Email, Probe));
    }
}
