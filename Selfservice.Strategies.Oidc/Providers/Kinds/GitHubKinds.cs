using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>GitHub, by OAuth apps and by GitHub apps. The profile's own e-mail address is whatever its owner wants to show; the list of addresses says which is primary and verified.</summary>
internal static class GitHubKinds
{
    private const string Emails = "https://api.github.com/user/emails";

    public static ProviderKind GitHub { get; } = new()
    {
        Name = "github",
        AuthorizationEndpoint = "https://github.com/login/oauth/authorize",
        TokenEndpoint = "https://github.com/login/oauth/access_token",
        ProfileEndpoint = "https://api.github.com/user",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        GrantedScopeSeparator = ',',
        ReadProfile = (request, cancellationToken) => ReadAsync(request, asksForEmails: request.Options.Scope.Contains("user:email"), takesAny: false, cancellationToken),
    };

    /// <summary>Its permissions are those of the app: there are no scopes.</summary>
    public static ProviderKind GitHubApp { get; } = GitHub with
    {
        Name = "github-app",
        GrantedScopeSeparator = null,
        ReadProfile = (request, cancellationToken) => ReadAsync(request, asksForEmails: true, takesAny: true, cancellationToken),
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, bool asksForEmails, bool takesAny, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        var emails = asksForEmails ? await request.GetAsync(Emails, cancellationToken).ConfigureAwait(false) as JsonArray ?? [] : [];
        var email = emails.FirstOrDefault(e => ClaimJson.Flag(e, "primary")) ?? (takesAny ? emails.LastOrDefault() : null);
        return new()
        {
            Issuer = request.TokenEndpoint,
            Subject = ClaimJson.Text(user, "id") ?? "",
            Name = ClaimJson.Text(user, "name"),
            Nickname = ClaimJson.Text(user, "login"),
            PreferredUsername = ClaimJson.Text(user, "login"),
            Website = ClaimJson.Text(user, "blog"),
            Picture = ClaimJson.Text(user, "avatar_url"),
            Profile = ClaimJson.Text(user, "html_url"),
            UpdatedAt = ClaimJson.Time(user, "updated_at"),
            Email = ClaimJson.Text(email, "email"),
            EmailVerified = ClaimJson.Flag(email, "verified"),
        };
    }
}
