using System.Text.Json;
using Selfservice.Identities;

namespace Selfservice.Hosting.Authentication;

/// <summary>A place in what is known of an identity, as <see cref="SelfserviceAuthenticationOptions.IdentityClaims"/> names it.</summary>
internal static class IdentityPath
{
    public static bool IsValid(string path) => path.Split('.')[0] is "traits" or "metadata_public" or "metadata_admin";

    /// <summary>What is there; undefined for nothing.</summary>
    public static JsonElement Find(Identity identity, string path)
    {
        var names = path.Split('.');
        var value = names[0] switch
        {
            "traits" => identity.Traits,
            "metadata_public" => identity.MetadataPublic ?? default,
            _ => identity.MetadataAdmin ?? default,
        };
        foreach (var name in names.Skip(1))
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var next) ? next : default;
        return value;
    }
}
