using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Patreon.</summary>
internal static class PatreonKind
{
    public static ProviderKind Patreon { get; } = new()
    {
        Name = "patreon",
        AuthorizationEndpoint = "https://www.patreon.com/oauth2/authorize",
        TokenEndpoint = "https://www.patreon.com/api/oauth2/token",
        ProfileEndpoint = "https://www.patreon.com/api/oauth2/v2/identity",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        Parameters = new Dictionary<string, string> { ["prompt"] = "none" },
        PromptOnReauthentication = "consent",
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        const string Fields = "?fields%5Buser%5D=first_name,last_name,full_name,email,is_email_verified,image_url,url";
        var answer = await request.GetAsync(request.ProfileEndpoint + Fields, cancellationToken).ConfigureAwait(false);
        var user = ClaimJson.Find(answer, "data", "attributes");
        return new()
        {
            Issuer = "https://www.patreon.com/",
            Subject = ClaimJson.Text(answer, "data", "id") ?? "",
            Name = ClaimJson.Text(user, "full_name"),
            GivenName = ClaimJson.Text(user, "first_name"),
            FamilyName = ClaimJson.Text(user, "last_name"),
            LastName = ClaimJson.Text(user, "last_name"),
            Profile = ClaimJson.Text(user, "url"),
            Picture = ClaimJson.Text(user, "image_url"),
            Email = ClaimJson.Text(user, "email"),
            EmailVerified = ClaimJson.Flag(user, "is_email_verified"),
        };
    }
}
