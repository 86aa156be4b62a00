using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Reads claims by their standard names (OpenID Connect Core, 5.1). A claim of a wrong type is refused: what it means must not be guessed.</summary>
internal static class StandardClaims
{
    /// <summary>The claims; issuer and subject are empty where they are missing.</summary>
    /// <exception cref="ProviderException">A claim has a wrong type.</exception>
    public static ProviderClaims Read(JsonObject json, bool keepRaw) => new()
    {
        Issuer = Text(json, "iss") ?? "",
        Subject = Text(json, "sub") ?? "",
        ObjectId = Text(json, "oid"),
        Name = Text(json, "name"),
        GivenName = Text(json, "given_name"),
        FamilyName = Text(json, "family_name"),
        LastName = Text(json, "last_name"),
        MiddleName = Text(json, "middle_name"),
        Nickname = Text(json, "nickname"),
        PreferredUsername = Text(json, "preferred_username"),
        Profile = Text(json, "profile"),
        Picture = Text(json, "picture"),
        Website = Text(json, "website"),
        Email = Text(json, "email"),
        EmailVerified = Flag(json, "email_verified", alsoAsText: true),
        Gender = Text(json, "gender"),
        Birthdate = Text(json, "birthdate"),
        Zoneinfo = Text(json, "zoneinfo"),
        Locale = Locale(json),
        PhoneNumber = Text(json, "phone_number"),
        PhoneNumberVerified = Flag(json, "phone_number_verified", alsoAsText: false),
        UpdatedAt = Seconds(json, "updated_at"),
        HostedDomain = Text(json, "hd"),
        Team = Text(json, "team"),
        Nonce = Text(json, "nonce"),
        NonceSupported = Flag(json, "nonce_supported", alsoAsText: true),
        RawClaims = keepRaw ? json.DeepClone().AsObject() : null,
    };

    private static string? Text(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text.Length > 0 ? text : null,
        _ => throw Wrong(name, "a text"),
    };

    private static bool Flag(JsonObject json, string name, bool alsoAsText) => json[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        // Apple and others write it as a text.
        JsonValue value when alsoAsText && value.TryGetValue(out string? text) && (text is "true" or "false") => text == "true",
        _ => throw Wrong(name, "true or false"),
    };

    private static long Seconds(JsonObject json, string name) => json[name] switch
    {
        null => 0,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long seconds) => seconds,
        _ => throw Wrong(name, "a whole number"),
    };

    private static string? Locale(JsonObject json)
    {
        if (json["locale"] is not JsonObject parts)
            return Text(json, "locale");
        var (language, country) = (Text(parts, "language"), Text(parts, "country"));
        return language is not null && country is not null ? $"{language}-{country}" : language ?? country;
    }

    private static ProviderException Wrong(string name, string expected) =>
        new(ErrorObject.BadRequest($"The claim {name} of the OpenID Connect provider is not {expected}."), $"The claim {name} is not {expected}");
}
