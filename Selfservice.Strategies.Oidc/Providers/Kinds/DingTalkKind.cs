using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>DingTalk: codes are exchanged by JSON with names of its own.</summary>
internal static class DingTalkKind
{
    public static ProviderKind DingTalk { get; } = new()
    {
        Name = "dingtalk",
        AuthorizationEndpoint = "https://login.dingtalk.com/oauth2/auth",
        TokenEndpoint = "https://api.dingtalk.com/v1.0/oauth2/userAccessToken",
        ProfileEndpoint = "https://api.dingtalk.com/v1.0/contact/users/me",
        Parameters = new Dictionary<string, string> { ["prompt"] = "consent" },
        ExchangeCode = ExchangeAsync,
        ReadProfile = ReadAsync,
    };

    private static async ValueTask<JsonObject> ExchangeAsync(ProviderServices services, ProviderOptions options, string endpoint, string code, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["clientId"] = options.ClientId, ["clientSecret"] = options.ClientSecret, ["code"] = code, ["grantType"] = "authorization_code" };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        var answer = await services.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Status is >= 400 and < 500)
            throw new ProviderException(OidcErrors.CodeRefused, $"The token endpoint answered with status {answer.Status}");
        var json = answer.Demand200().Json();
        var tokens = new JsonObject { ["access_token"] = ClaimJson.Text(json, "accessToken"), ["refresh_token"] = ClaimJson.Text(json, "refreshToken") };
        return tokens;
    }

    private static async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var user = await request.GetAsync(request.ProfileEndpoint, "x-acs-dingtalk-access-token", request.AccessToken, cancellationToken).ConfigureAwait(false);
        var name = ClaimJson.Text(user, "nick");
        return new()
        {
            Issuer = request.ProfileEndpoint,
            Subject = ClaimJson.Text(user, "openId") ?? "",
            Name = name,
            Nickname = name,
            Picture = ClaimJson.Text(user, "avatarUrl"),
            Email = ClaimJson.Text(user, "email"),
        };
    }
}
