using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Exchanges a code where that is no form.</summary>
internal delegate ValueTask<JsonObject> CodeExchange(ProviderServices services, ProviderOptions options, string endpoint, string code, CancellationToken cancellationToken);

/// <summary>Exchanges codes for tokens (RFC 6749, 4.1.3), and remembers how the endpoint wants this host to prove itself.</summary>
internal sealed class TokenEndpoint(ProviderServices services, ProviderOptions options, ProviderKind kind)
{
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(5);

    // By address: a discovery document may change it.
    private readonly ConcurrentDictionary<string, TokenEndpointAuth> _learnt = new(StringComparer.Ordinal);

    /// <summary>What the endpoint answered.</summary>
    /// <exception cref="ProviderException">It refused, or its answer cannot be used.</exception>
    public async ValueTask<JsonObject> ExchangeAsync(string url, IReadOnlyList<string> announced, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        var configured = options.TokenEndpointAuth != TokenEndpointAuth.Auto ? options.TokenEndpointAuth : kind.TokenEndpointAuth;
        if (configured != TokenEndpointAuth.Auto)
            return Tokens(await SendAsync(url, form, configured, cancellationToken).ConfigureAwait(false));
        var first = _learnt.TryGetValue(url, out var known) ? known : Guess(announced);
        var answer = await SendAsync(url, form, first, cancellationToken).ConfigureAwait(false);
        if (first != TokenEndpointAuth.ClientSecretBasic || _learnt.ContainsKey(url) || !IsClientRefused(answer))
            return Tokens(answer);
        // An endpoint that does not know who asks has not looked at the code yet.
        answer = await SendAsync(url, form, TokenEndpointAuth.ClientSecretPost, cancellationToken).ConfigureAwait(false);
        var tokens = Tokens(answer);
        _learnt[url] = TokenEndpointAuth.ClientSecretPost;
        return tokens;
    }

    // OpenID Connect Discovery, 3: client_secret_basic where the document does not say.
    private static TokenEndpointAuth Guess(IReadOnlyList<string> announced) =>
        announced.Contains("client_secret_post") && !announced.Contains("client_secret_basic") ? TokenEndpointAuth.ClientSecretPost : TokenEndpointAuth.ClientSecretBasic;

    private static bool IsClientRefused(ProviderAnswer answer) =>
        answer.Status == 401 || (answer.Status == 400 && ClaimJson.Text(StrictJson.Parse(answer.Body.Span), "error") is "invalid_client" or "unauthorized_client");

    private static JsonObject Tokens(ProviderAnswer answer)
    {
        if (answer.Status >= 500)
            answer.Demand200();
        var json = answer.Json() as JsonObject ?? throw new ProviderException("The token endpoint answered with something that is no JSON object");
        // GitHub answers an error with 200.
        if (answer.Status is >= 200 and < 300 && !json.ContainsKey("error"))
            return json;
        throw new ProviderException(OidcErrors.CodeRefused, $"The token endpoint answered with status {answer.Status} and the error {ErrorCode(json)}");
    }

    // The code alone, and only where it looks like one: a description can hold what was sent.
    private static string ErrorCode(JsonObject json) =>
        ClaimJson.Text(json, "error") is { Length: <= 50 } error && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? error : "(not told)";

    private async ValueTask<ProviderAnswer> SendAsync(string url, IReadOnlyDictionary<string, string> form, TokenEndpointAuth auth, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        switch (auth)
        {
            case TokenEndpointAuth.ClientSecretBasic:
                request.Headers.Authorization = new("Basic", Basic());
                break;
            case TokenEndpointAuth.ClientSecretPost:
                (fields["client_id"], fields["client_secret"]) = (options.ClientId, Secret());
                break;
            case TokenEndpointAuth.PrivateKeyJwt:
                fields["client_id"] = options.ClientId;
                fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                fields["client_assertion"] = Assertion(url);
                break;
            case TokenEndpointAuth.None:
                fields["client_id"] = options.ClientId;
                break;
            case TokenEndpointAuth.Auto:
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await services.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private string Secret() => kind.MakeClientSecret?.Invoke(options, services.Time) ?? options.ClientSecret;

    // RFC 6749, 2.3.1: each part is encoded as in forms first.
    private string Basic() => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AuthorizationUrl.Encode(options.ClientId)}:{AuthorizationUrl.Encode(Secret())}"));

    // RFC 7523, 3.
    private string Assertion(string url)
    {
        var now = services.Time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("D", CultureInfo.InvariantCulture);
        return new ClientKey(options.ClientPrivateKey, options.ClientPrivateKeyId).Sign(options.ClientId, options.ClientId, url, id, now, AssertionLifetime);
    }
}
