using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>VK. The e-mail address comes beside the access token.</summary>
internal static class VkKind
{
    public static ProviderKind Vk { get; } = new()
    {
        Name = "vk",
        AuthorizationEndpoint = "https://oauth.vk.com/authorize",
        TokenEndpoint = "https://oauth.vk.com/access_token",
        ProfileEndpoint = "https://api.vk.com/method/users.get",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var answer = await request.GetAsync(request.ProfileEndpoint + "?fields=photo_200,nickname,bdate,sex&v=5.103", cancellationToken).ConfigureAwait(false);
        var user = ClaimJson.Find(answer, "response", "0");
        return new()
        {
            Issuer = request.ProfileEndpoint,
            Subject = ClaimJson.Text(user, "id") ?? "",
            GivenName = ClaimJson.Text(user, "first_name"),
            FamilyName = ClaimJson.Text(user, "last_name"),
            Nickname = ClaimJson.Text(user, "nickname"),
            Picture = ClaimJson.Text(user, "photo_200"),
            Birthdate = ClaimJson.Text(user, "bdate"),
            Gender = ClaimJson.Text(user, "sex") switch { "1" => "female", "2" => "male", _ => null },
            Email = ClaimJson.Text(request.TokenAnswer, "email"),
        };
    }
}
