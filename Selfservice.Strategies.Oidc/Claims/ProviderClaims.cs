using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>What a provider says about somebody. Null, false and 0 mean that it said nothing.</summary>
public sealed record ProviderClaims
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Who says it.</summary>
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>Whom it is about, by the provider's own name for them.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    /// <summary>The object id of a Microsoft account.</summary>
    [JsonPropertyName("oid")]
    public string? ObjectId { get; init; }

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>The last name, as some providers call the family name.</summary>
    public string? LastName { get; init; }

    /// <summary>The middle name.</summary>
    public string? MiddleName { get; init; }

    /// <summary>The nickname.</summary>
    public string? Nickname { get; init; }

    /// <summary>The name by which they want to be called.</summary>
    public string? PreferredUsername { get; init; }

    /// <summary>The address of a page about them.</summary>
    public string? Profile { get; init; }

    /// <summary>The address of a picture of them.</summary>
    public string? Picture { get; init; }

    /// <summary>The address of their own page.</summary>
    public string? Website { get; init; }

    /// <summary>The e-mail address as the provider wrote it.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider knows that the e-mail address is theirs.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>The gender.</summary>
    public string? Gender { get; init; }

    /// <summary>The birthday, as the provider wrote it.</summary>
    public string? Birthdate { get; init; }

    /// <summary>The time zone.</summary>
    public string? Zoneinfo { get; init; }

    /// <summary>The language, such as <c>en-GB</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The phone number.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Whether the provider knows that the phone number is theirs.</summary>
    public bool PhoneNumberVerified { get; init; }

    /// <summary>When it was last changed, in seconds since 1970.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The domain of a Google account.</summary>
    [JsonPropertyName("hd")]
    public string? HostedDomain { get; init; }

    /// <summary>The team of a Slack account.</summary>
    public string? Team { get; init; }

    /// <summary>The nonce of the ID token.</summary>
    public string? Nonce { get; init; }

    /// <summary>Whether the platform that Apple signed somebody in on knows nonces.</summary>
    public bool NonceSupported { get; init; }

    /// <summary>Everything that the provider sent; null for kinds whose answers are not claims.</summary>
    public JsonObject? RawClaims { get; init; }

    /// <summary>The claims by their names, as mapping programs see them; without those that say nothing.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();
}
