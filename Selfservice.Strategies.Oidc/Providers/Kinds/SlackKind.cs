using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Slack, by its older sign-in with the scopes <c>identity.basic</c> and <c>identity.email</c>. Newer apps speak OpenID Connect: kind <c>generic</c>, issuer <c>https://slack.com</c>.</summary>
internal static class SlackKind
{
    public static ProviderKind Slack { get; } = new()
    {
        Name = "slack",
        AuthorizationEndpoint = "https://slack.com/oauth/authorize",
        TokenEndpoint = "https://slack.com/api/oauth.access",
        ProfileEndpoint = "https://slack.com/api/users.identity",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        GrantedScopeSeparator = ',',
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var answer = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        // An error comes with status 200.
        if (!ClaimJson.Flag(answer, "ok"))
            throw new ProviderException("users.identity answered that it is not ok");
        var name = ClaimJson.Text(answer, "user", "name");
        return new()
        {
            Issuer = "https://slack.com/oauth/",
            Subject = ClaimJson.Text(answer, "user", "id") ?? "",
            Name = name,
            Nickname = name,
            PreferredUsername = name,
            Picture = ClaimJson.Text(answer, "user", "image_512"),
            Email = ClaimJson.Text(answer, "user", "email"),
            // Nobody joins a workspace with an address that they did not confirm.
            EmailVerified = true,
            Team = ClaimJson.Text(answer, "team", "id"),
        };
    }
}
