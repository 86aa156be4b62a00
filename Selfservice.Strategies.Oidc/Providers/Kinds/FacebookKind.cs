using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Facebook: a call of its API proves that the caller knows the app's secret, so that a stolen access token is of no use.</summary>
internal static class FacebookKind
{
    public static ProviderKind Facebook { get; } = new()
    {
        Name = "facebook",
        AsksForOpenId = true,
        AuthorizationEndpoint = "https://facebook.com/dialog/oauth",
        TokenEndpoint = "https://graph.facebook.com/oauth/access_token",
        ProfileEndpoint = "https://graph.facebook.com/me",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        PromptOnReauthentication = "login",
        SendsRequestedClaims = true,
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(request.Options.ClientSecret), Encoding.UTF8.GetBytes(request.AccessToken)));
        var url = $"{request.ProfileEndpoint}?fields=id,name,first_name,last_name,middle_name,email,picture,birthday,gender&appsecret_proof={proof}";
        var user = await request.GetAsync(url, cancellationToken).ConfigureAwait(false);
        var (name, email) = (ClaimJson.Text(user, "name"), ClaimJson.Text(user, "email"));
        return new()
        {
            Issuer = request.ProfileEndpoint,
            Subject = ClaimJson.Text(user, "id") ?? "",
            Name = name,
            Nickname = name,
            PreferredUsername = name,
            GivenName = ClaimJson.Text(user, "first_name"),
            MiddleName = ClaimJson.Text(user, "middle_name"),
            FamilyName = ClaimJson.Text(user, "last_name"),
            LastName = ClaimJson.Text(user, "last_name"),
            Picture = ClaimJson.Text(user, "picture", "data", "url"),
            Gender = ClaimJson.Text(user, "gender"),
            Birthdate = Birthday(ClaimJson.Text(user, "birthday")),
            Email = email,
            // Facebook gives only addresses that it has verified.
            EmailVerified = email is not null,
        };
    }

    // Month, day and year; or less, where its owner shows less.
    private static string? Birthday(string? text) =>
        DateOnly.TryParseExact(text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
