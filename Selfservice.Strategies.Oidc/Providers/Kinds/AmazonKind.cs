using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Amazon.</summary>
internal static class AmazonKind
{
    private static readonly string[] Scopes = ["profile", "profile:user_id", "postal_code"];

    public static ProviderKind Amazon { get; } = new()
    {
        Name = "amazon",
        AuthorizationEndpoint = "https://www.amazon.com/ap/oa",
        TokenEndpoint = "https://api.amazon.com/auth/o2/token",
        ProfileEndpoint = "https://api.amazon.com/user/profile",
        ReadProfile = ReadAsync,
        Faults = options => options.Scope.Except(Scopes).Select(s => $"must not ask for the scope {s}; Amazon knows {string.Join(", ", Scopes)}"),
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, "x-amz-access-token", request.AccessToken, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Issuer = request.TokenEndpoint,
            Subject = ClaimJson.Text(user, "user_id") ?? "",
            Name = ClaimJson.Text(user, "name"),
            Email = ClaimJson.Text(user, "email"),
            Zoneinfo = ClaimJson.Text(user, "postal_code"),
        };
    }
}
