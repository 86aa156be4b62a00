using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Spotify. It does not say whether an e-mail address is verified.</summary>
internal static class SpotifyKind
{
    public static ProviderKind Spotify { get; } = new()
    {
        Name = "spotify",
        AuthorizationEndpoint = "https://accounts.spotify.com/authorize",
        TokenEndpoint = "https://accounts.spotify.com/api/token",
        ProfileEndpoint = "https://api.spotify.com/v1/me",
        GrantedScopeSeparator = ' ',
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        var name = ClaimJson.Text(user, "display_name");
        return new()
        {
            Issuer = request.TokenEndpoint,
            Subject = ClaimJson.Text(user, "id") ?? "",
            Name = name,
            Nickname = name,
            Profile = ClaimJson.Text(user, "external_urls", "spotify"),
            Picture = ClaimJson.Text(user, "images", "0", "url"),
            Birthdate = ClaimJson.Text(user, "birthdate"),
            Email = ClaimJson.Text(user, "email"),
        };
    }
}
