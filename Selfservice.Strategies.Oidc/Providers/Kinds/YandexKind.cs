using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Yandex. The access token goes in its own kind of header, not in the address, which servers write down.</summary>
internal static class YandexKind
{
    public static ProviderKind Yandex { get; } = new()
    {
        Name = "yandex",
        AuthorizationEndpoint = "https://oauth.yandex.com/authorize",
        TokenEndpoint = "https://oauth.yandex.com/token",
        ProfileEndpoint = "https://login.yandex.ru/info",
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint + "?format=json", "Authorization", "OAuth " + request.AccessToken, cancellationToken).ConfigureAwait(false);
        var picture = ClaimJson.Flag(user, "is_avatar_empty") ? null : ClaimJson.Text(user, "default_avatar_id");
        return new()
        {
            Issuer = request.ProfileEndpoint,
            Subject = ClaimJson.Text(user, "id") ?? "",
            Name = ClaimJson.Text(user, "real_name"),
            GivenName = ClaimJson.Text(user, "first_name"),
            FamilyName = ClaimJson.Text(user, "last_name"),
            Nickname = ClaimJson.Text(user, "login"),
            Picture = picture is null ? null : $"https://avatars.yandex.net/get-yapic/{picture}/islands-200",
            Gender = ClaimJson.Text(user, "sex"),
            Birthdate = ClaimJson.Text(user, "birthday"),
            Email = ClaimJson.Text(user, "default_email"),
        };
    }
}
