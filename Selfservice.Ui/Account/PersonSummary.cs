using System.Text.Json;
using Selfservice.Identities;

namespace Selfservice.Ui.Account;

/// <summary>Who somebody is, as far as the usual traits tell. Schemas are the host's: each of these may be missing.</summary>
internal sealed record PersonSummary(string? Name, string? ShortName, string? Email, bool? EmailVerified)
{
    public static PersonSummary Of(Identity? identity)
    {
        if (identity is null || identity.Traits.ValueKind != JsonValueKind.Object)
            return new(null, null, null, null);
        var traits = identity.Traits;
        var (name, shortName) = NameOf(traits);
        var email = Text(traits, "email") ?? (identity.VerifiableAddresses is [var known, ..] ? known.Value : null);
        var address = identity.VerifiableAddresses.FirstOrDefault(a => string.Equals(a.Value, email, StringComparison.OrdinalIgnoreCase));
        return new(name, shortName ?? name ?? Text(traits, "username") ?? email, email, address?.Verified);
    }

    private static (string? Name, string? ShortName) NameOf(JsonElement traits)
    {
        if (Text(traits, "name") is { } whole)
            return (whole, whole);
        var parent = traits.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.Object ? name : traits;
        var first = Text(parent, "first") ?? Text(parent, "first_name") ?? Text(parent, "given_name");
        var last = Text(parent, "last") ?? Text(parent, "last_name") ?? Text(parent, "family_name");
        var full = string.Join(' ', new[] { first, last }.Where(n => n is not null));
        return (full.Length > 0 ? full : Text(traits, "display_name"), first);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
