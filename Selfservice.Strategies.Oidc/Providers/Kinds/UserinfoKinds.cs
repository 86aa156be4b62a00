using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>Kinds whose userinfo endpoint says everything.</summary>
internal static class UserinfoKinds
{
    public static ProviderKind GitLab { get; } = new()
    {
        Name = "gitlab",
        Issuer = "https://gitlab.com",
        AuthorizationEndpoint = "{issuer}/oauth/authorize",
        TokenEndpoint = "{issuer}/oauth/token",
        ProfileEndpoint = "{issuer}/oauth/userinfo",
        PromptOnReauthentication = "login",
        SendsRequestedClaims = true,
        ReadProfile = ReadStandardAsync,
    };

    public static ProviderKind Auth0 { get; } = GitLab with
    {
        Name = "auth0",
        Issuer = "",
        AuthorizationEndpoint = "{issuer}/authorize",
        ProfileEndpoint = "{issuer}/userinfo",
    };

    public static ProviderKind Salesforce { get; } = GitLab with
    {
        Name = "salesforce",
        Issuer = "",
        AuthorizationEndpoint = "{issuer}/services/oauth2/authorize",
        TokenEndpoint = "{issuer}/services/oauth2/token",
        ProfileEndpoint = "{issuer}/services/oauth2/userinfo",
    };

    public static ProviderKind UaePass { get; } = new()
    {
        Name = "uaepass",
        Issuer = "https://id.uaepass.ae",
        AsksForOpenId = true,
        AuthorizationEndpoint = "{issuer}/idshub/authorize",
        TokenEndpoint = "{issuer}/idshub/token",
        ProfileEndpoint = "{issuer}/idshub/userinfo",
        Parameters = new Dictionary<string, string> { ["acr_values"] = "urn:safelayer:tws:policies:authentication:level:low" },
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretBasic,
        UsesSharedCallback = true,
        ReadProfile = ReadUaePassAsync,
    };

    public static ProviderKind Lark { get; } = new()
    {
        Name = "lark",
        AuthorizationEndpoint = "https://passport.feishu.cn/suite/passport/oauth/authorize",
        TokenEndpoint = "https://passport.feishu.cn/suite/passport/oauth/token",
        ProfileEndpoint = "https://passport.feishu.cn/suite/passport/oauth/userinfo",
        TokenEndpointAuth = TokenEndpointAuth.ClientSecretPost,
        ReadProfile = ReadLarkAsync,
    };

    private static async ValueTask<ProviderClaims> ReadStandardAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var json = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false) as JsonObject
            ?? throw new ProviderException("The userinfo endpoint answered with something that is no JSON object");
        // Auth0 and Salesforce write this time as a text.
        if (ClaimJson.Time(json, "updated_at") is > 0 and var seconds)
            json["updated_at"] = seconds;
        var claims = StandardClaims.Read(json, keepRaw: false);
        return claims.Issuer.Length > 0 ? claims : claims with { Issuer = request.Issuer };
    }

    private static async ValueTask<ProviderClaims> ReadUaePassAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var json = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Issuer = request.Issuer,
            Subject = ClaimJson.Text(json, "sub") ?? "",
            Name = ClaimJson.Text(json, "fullnameEN"),
            GivenName = ClaimJson.Text(json, "firstnameEN"),
            FamilyName = ClaimJson.Text(json, "lastnameEN"),
            LastName = ClaimJson.Text(json, "lastnameEN"),
            Email = ClaimJson.Text(json, "email"),
            PhoneNumber = ClaimJson.Text(json, "mobile"),
            Gender = ClaimJson.Text(json, "gender"),
            RawClaims = json as JsonObject,
        };
    }

    private static async ValueTask<ProviderClaims> ReadLarkAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        var json = await request.GetAsync(request.ProfileEndpoint, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Issuer = request.ProfileEndpoint,
            Subject = ClaimJson.Text(json, "open_id") ?? "",
            Name = ClaimJson.Text(json, "name"),
            Nickname = ClaimJson.Text(json, "name"),
            Picture = ClaimJson.Text(json, "avatar_url"),
            Email = ClaimJson.Text(json, "email"),
            PhoneNumber = ClaimJson.Text(json, "mobile"),
        };
    }
}
