using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Discord.</summary>
internal static class DiscordKind
{
    private const string Api = "https://discord.com/api/v9/";

    public static ProviderKind Discord { get; } = new()
    {
        Name = "discord",
        AuthorizationEndpoint = Api + "oauth2/authorize",
        TokenEndpoint = Api + "oauth2/token",
        ProfileEndpoint = Api + "users/@me",
        Parameters = new Dictionary<string, string> { ["prompt"] = "none" },
        PromptOnReauthentication = "consent",
        GrantedScopeSeparator = ' ',
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        var (id, name, avatar) = (ClaimJson.Text(user, "id"), ClaimJson.Text(user, "username"), ClaimJson.Text(user, "avatar"));
        return new()
        {
            Issuer = Api + "oauth2/",
            Subject = id ?? "",
            Name = $"{name}#{ClaimJson.Text(user, "discriminator")}",
            Nickname = name,
            PreferredUsername = name,
            Picture = avatar is null ? null : $"https://cdn.discordapp.com/avatars/{id}/{avatar}.png",
            Locale = ClaimJson.Text(user, "locale"),
            Email = ClaimJson.Text(user, "email"),
            EmailVerified = ClaimJson.Flag(user, "verified"),
        };
    }
}
