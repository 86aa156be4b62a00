using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>What was granted, and how to ask the provider for more.</summary>
public sealed class ProfileRequest
{
    private readonly ProviderHttp _http;
    private readonly ProviderClaims? _idToken;

    internal ProfileRequest(ProviderHttp http, ProviderOptions options, ResolvedEndpoints endpoints, JsonObject tokenAnswer, ProviderClaims? idToken, IReadOnlyDictionary<string, string> callback)
    {
        (_http, _idToken) = (http, idToken);
        (Options, Issuer, TokenEndpoint, ProfileEndpoint, TokenAnswer, Callback) = (options, endpoints.Issuer, endpoints.Token, endpoints.Profile, tokenAnswer, callback);
    }

    /// <summary>The provider's settings.</summary>
    public ProviderOptions Options { get; }

    /// <summary>The issuer; empty for a kind without one.</summary>
    public string Issuer { get; }

    /// <summary>The token endpoint.</summary>
    public string TokenEndpoint { get; }

    /// <summary>The endpoint of profiles; empty where there is none.</summary>
    public string ProfileEndpoint { get; }

    /// <summary>What the token endpoint answered.</summary>
    public JsonObject TokenAnswer { get; }

    /// <summary>What the provider sent somebody back with.</summary>
    public IReadOnlyDictionary<string, string> Callback { get; }

    /// <summary>What the ID token says.</summary>
    /// <exception cref="InvalidOperationException">The kind has no ID tokens.</exception>
    public ProviderClaims IdTokenClaims => _idToken ?? throw new InvalidOperationException("A kind without IsOpenId has no ID token.");

    /// <summary>The access token; empty where an OpenID Connect provider sent none.</summary>
    public string AccessToken => ClaimJson.Text(TokenAnswer, "access_token") ?? "";

    /// <summary>Gets JSON with the access token as bearer token (RFC 6750).</summary>
    /// <param name="url">Where.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProviderException">There is none.</exception>
    public ValueTask<JsonNode> GetAsync(string url, CancellationToken cancellationToken) => GetAsync(url, "Authorization", "Bearer " + AccessToken, cancellationToken);

    /// <summary>Gets JSON with the access token in a header of the provider's own.</summary>
    /// <param name="url">Where.</param>
    /// <param name="header">The header's name.</param>
    /// <param name="value">The header's value.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProviderException">There is none.</exception>
    public async ValueTask<JsonNode> GetAsync(string url, string header, string value, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await _http.GetJsonAsync(request, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Where a provider is talked to.</summary>
internal sealed record ResolvedEndpoints(string Issuer, string Authorization, string Token, string Profile);
