using System.Web;
using Selfservice.Errors;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>X, by OAuth 1.0a (RFC 5849): its endpoint of the e-mail address knows nothing else.</summary>
internal static class XKind
{
    public static ProviderKind X { get; } = new() { Name = "x", Make = (services, options, mapper) => new XProvider(services, options, mapper) };
}

/// <summary>A provider of the kind <c>x</c>. A request token takes the place of the state of the proof key, and its secret is kept until the callback.</summary>
internal sealed class XProvider(ProviderServices services, ProviderOptions options, IClaimsMapper mapper) : Provider(services, options, mapper)
{
    private const string Api = "https://api.twitter.com/";
    private const string Profile = Api + "1.1/account/verify_credentials.json";

    protected override async ValueTask<AuthorizationStart> BeginAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        // RFC 5849, 2.1. The contract's callback wants a code, which this protocol does not have.
        var callback = AuthorizationUrl.Build(request.RedirectUri, [new("state", request.State), new("code", "unused")]);
        var answer = await CallAsync(HttpMethod.Post, Api + "oauth/request_token", OAuth1.None, new() { ["oauth_callback"] = callback }, cancellationToken).ConfigureAwait(false);
        var token = Token(answer);
        if (HttpUtility.ParseQueryString(Text(answer))["oauth_callback_confirmed"] != "true")
            throw new ProviderException("The request token's callback was not confirmed");
        return new(AuthorizationUrl.Build(Api + "oauth/authenticate", [new("oauth_token", token.Value)]), Keep: token.ToString());
    }

    protected override async ValueTask<ProviderGrant> CompleteAsync(AuthorizationResponse response, CancellationToken cancellationToken)
    {
        if (response.Parameters.ContainsKey("denied"))
            throw new ProviderException(ErrorObject.BadRequest("Unable to complete OpenID Connect flow because the OpenID Provider returned error \"access_denied\": The request was denied."), "The person denied the request");
        var kept = OAuth1.Parse(response.Keep);
        // RFC 5849, 2.3, and 4.13: the answer belongs to the request token of this browser.
        if (kept is null || response.Parameters.GetValueOrDefault("oauth_token") != kept.Value || !response.Parameters.TryGetValue("oauth_verifier", out var verifier))
            throw new ProviderException(OidcErrors.CodeRefused, "The answer does not belong to the request token, or has no verifier");
        var access = Token(await CallAsync(HttpMethod.Post, Api + "oauth/access_token", kept, new() { ["oauth_verifier"] = verifier }, cancellationToken).ConfigureAwait(false));
        var url = Options.Scope.Contains("email") ? Profile + "?include_email=true" : Profile;
        var user = (await CallAsync(HttpMethod.Get, url, access, [], cancellationToken).ConfigureAwait(false)).Demand200().Json();
        var email = ClaimJson.Text(user, "email");
        // Tokens of this protocol are not kept: they never end.
        return new(DemandSubject(new()
        {
            Issuer = Profile,
            Subject = ClaimJson.Text(user, "id_str") ?? "",
            Name = ClaimJson.Text(user, "name"),
            PreferredUsername = ClaimJson.Text(user, "screen_name"),
            Nickname = ClaimJson.Text(user, "screen_name"),
            Website = ClaimJson.Text(user, "url"),
            Picture = ClaimJson.Text(user, "profile_image_url_https"),
            Email = email,
            // X gives only addresses that it has verified.
            EmailVerified = email is not null,
        }), new(null, null, null));
    }

    private async ValueTask<ProviderAnswer> CallAsync(HttpMethod method, string url, OAuth1.Token token, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("Authorization", OAuth1.Header(method, url, new(Options.ClientId, Options.ClientSecret), token, parameters, Services.Time.GetUtcNow()));
        return await Services.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static OAuth1.Token Token(ProviderAnswer answer) =>
        answer.Status is >= 400 and < 500 ? throw new ProviderException(OidcErrors.CodeRefused, $"{answer.Host} gave no token and answered with status {answer.Status}")
        : OAuth1.Parse(Text(answer.Demand200())) ?? throw new ProviderException($"{answer.Host} answered without a token");

    private static string Text(ProviderAnswer answer) => System.Text.Encoding.UTF8.GetString(answer.Body.Span);
}
