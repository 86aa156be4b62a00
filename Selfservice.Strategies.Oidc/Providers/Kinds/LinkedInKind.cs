using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>LinkedIn's API before OpenID Connect; for apps made since 2023 there is <c>linkedin_v2</c>.</summary>
internal static class LinkedInKind
{
    private const int LargestPicture = 3;
    private const string Emails = "https://api.linkedin.com/v2/emailAddress?q=members&projection=(elements*(handle~))";

    public static ProviderKind LinkedIn { get; } = new()
    {
        Name = "linkedin",
        AuthorizationEndpoint = "https://www.linkedin.com/oauth/v2/authorization",
        TokenEndpoint = "https://www.linkedin.com/oauth/v2/accessToken",
        ProfileEndpoint = "https://api.linkedin.com/v2/me?projection=(id,firstName,lastName,profilePicture(displayImage~:playableStreams))",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        var emails = await request.GetAsync(Emails, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Issuer = "https://login.linkedin.com/",
            Subject = ClaimJson.Text(user, "id") ?? "",
            GivenName = Localized(ClaimJson.Find(user, "firstName")),
            LastName = Localized(ClaimJson.Find(user, "lastName")),
            Picture = Picture(ClaimJson.Find(user, "profilePicture", "displayImage~", "elements") as JsonArray),
            Email = ClaimJson.Text(emails, "elements", "0", "handle~", "emailAddress"),
        };
    }

    private static string? Localized(JsonNode? name)
    {
        var key = $"{ClaimJson.Text(name, "preferredLocale", "language")}_{ClaimJson.Text(name, "preferredLocale", "country")}";
        return ClaimJson.Text(name, "localized", key) ?? ((ClaimJson.Find(name, "localized") as JsonObject)?.FirstOrDefault().Value is { } first ? ClaimJson.Text(first) : null);
    }

    // In the order of their sizes.
    private static string? Picture(JsonArray? sizes) => sizes is { Count: > 0 } ? ClaimJson.Text(sizes[Math.Min(sizes.Count, LargestPicture) - 1], "identifiers", "0", "identifier") : null;
}
