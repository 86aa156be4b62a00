using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Makes an identity of the document that a mapping program made, or says in the contract's words what is wrong with it.</summary>
public static class MapResult
{
    /// <summary>Reads <c>{identity: {traits, metadata_public, metadata_admin, verified_addresses}}</c>.</summary>
    /// <param name="made">What the program made.</param>
    public static ProviderResult<MappedIdentity> Read(JsonNode? made)
    {
        var identity = ClaimJson.Find(made, "identity");
        if (ClaimJson.Find(identity, "traits") is not JsonObject traits)
            return Fail(new() { Code = 500, Message = ErrorObject.Internal.Message, Reason = Sentence("an object", "traits") });
        foreach (var key in new[] { "metadata_public", "metadata_admin" })
        {
            if (ClaimJson.Find(identity, key) is not (null or JsonObject))
                return Fail(OidcErrors.Configuration(Sentence("an object", key)));
        }

        var addresses = new List<VerifiedAddress>();
        var list = ClaimJson.Find(identity, "verified_addresses");
        if (list is not (null or JsonArray))
            return Fail(ErrorObject.BadRequest(Sentence("an array", "verified_addresses")));
        foreach (var element in list as JsonArray ?? [])
        {
            if (element is not JsonObject || ClaimJson.Text(element, "via") is not { } via || ClaimJson.Text(element, "value") is not { } value)
                return Fail(ErrorObject.BadRequest("Failed to unmarshal value for key identity.verified_addresses. Please check your Jsonnet code!"));
            addresses.Add(new(via, Normal(via, value)));
        }

        return new ProviderResult<MappedIdentity>.Success(new(
            Copy(traits)!, Copy(ClaimJson.Find(identity, "metadata_public")), Copy(ClaimJson.Find(identity, "metadata_admin")), addresses));
    }

    /// <summary>An address as it is compared.</summary>
    internal static string Normal(string via, string value) => via == "email" ? value.Trim().ToLowerInvariant() : value;

    private static JsonObject? Copy(JsonNode? node) => node?.DeepClone() as JsonObject;

    private static string Sentence(string expected, string key) => $"OpenID Connect Jsonnet mapper did not return {expected} for key identity.{key}. Please check your Jsonnet code!";

    private static ProviderResult<MappedIdentity> Fail(ErrorObject error) => new ProviderResult<MappedIdentity>.Failure(error);
}
