using System.Text;
using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>A provider of OpenID Connect or OAuth2, as its kind describes it.</summary>
internal sealed class OAuthProvider : Provider
{
    private readonly ProviderKind _kind;
    private readonly string _issuer;
    private readonly TokenEndpoint _tokens;
    private readonly MetadataCache? _metadata;
    private readonly IdTokens? _idTokens;

    public OAuthProvider(ProviderKind kind, ProviderServices services, ProviderOptions options, IClaimsMapper mapper)
        : base(services, options, mapper)
    {
        _kind = kind;
        _issuer = kind.IssuerOf(options);
        _tokens = new(services, options, kind);
        if (kind.IsOpenId)
        {
            _metadata = new(_issuer, services.Http, services.Time);
            _idTokens = new(kind, options, new(_metadata, services.Time, services.Config.ClockSkew), services.Time, services.Config.ClockSkew);
        }
    }

    protected override bool UsesSharedCallback => base.UsesSharedCallback || _kind.UsesSharedCallback;

    protected override async ValueTask<AuthorizationStart> BeginAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        var (endpoints, _) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        var query = new Dictionary<string, string>(_kind.Parameters, StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Options.ClientId,
            ["redirect_uri"] = request.RedirectUri,
            ["state"] = request.State,
        };
        if (Scopes() is { Length: > 0 } scopes)
            query["scope"] = string.Join(' ', scopes);
        if (_kind.IsOpenId)
            query["nonce"] = request.Nonce;
        if (Options.Pkce != PkceMode.Never)
            (query["code_challenge"], query["code_challenge_method"]) = (AuthorizationUrl.Challenge(request.CodeVerifier), "S256");
        if (request.IsReauthentication && _kind.PromptOnReauthentication is { } prompt)
            query["prompt"] = prompt;
        if (_kind.SendsRequestedClaims && Options.RequestedClaims is { } claims)
            query["claims"] = AuthorizationUrl.Claims(claims);
        _kind.AdjustAuthorization?.Invoke(Options, query);
        // Who proves again who they are must do so: a provider that is told to ask nothing proves only that the browser was left open.
        AuthorizationUrl.Forward(request.UpstreamParameters, query, mayStaySilent: !request.IsReauthentication);
        return new(AuthorizationUrl.Build(endpoints.Authorization, query), Keep: null);
    }

    protected override async ValueTask<ProviderGrant> CompleteAsync(AuthorizationResponse response, CancellationToken cancellationToken)
    {
        var (endpoints, metadata) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        CheckIssuer(response, metadata);
        var answer = await ExchangeAsync(endpoints.Token, metadata, response, cancellationToken).ConfigureAwait(false);
        CheckScopes(answer);
        var tokens = new ProviderTokens(ClaimJson.Text(answer, "id_token"), ClaimJson.Text(answer, "access_token"), ClaimJson.Text(answer, "refresh_token"));
        // RFC 6749, A.12; it goes into a header.
        if (tokens.AccessToken?.Any(c => c is < ' ' or > '~') == true)
            throw new ProviderException("The token endpoint answered with an access_token that is none");
        var idToken = _idTokens is null ? null : await _idTokens.ReadAsync(tokens, response.Nonce, cancellationToken).ConfigureAwait(false);
        var request = new ProfileRequest(Services.Http, Options, endpoints, answer, idToken, response.Parameters);
        return new(DemandSubject(await ReadAsync(request, idToken, cancellationToken).ConfigureAwait(false)), tokens);
    }

    protected override ValueTask<ProviderClaims> VerifyAsync(string idToken, string? nonce, CancellationToken cancellationToken) =>
        _idTokens is not null && (_kind.AcceptsIdTokens || Options.AcceptIdTokens)
            ? _idTokens.VerifySubmittedAsync(idToken, nonce, cancellationToken)
            : ValueTask.FromException<ProviderClaims>(CannotVerify());

    private string[] Scopes() =>
        (_kind.IsOpenId || _kind.AsksForOpenId) && !Options.Scope.Contains("openid") ? [.. Options.Scope, "openid"] : [.. Options.Scope];

    private async ValueTask<(ResolvedEndpoints Endpoints, ProviderMetadata? Metadata)> ResolveAsync(CancellationToken cancellationToken)
    {
        var metadata = _metadata is null ? null : await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        return (new(
            metadata?.Issuer ?? _issuer,
            Choose(Options.AuthUrl, metadata?.AuthorizationEndpoint ?? Fill(_kind.AuthorizationEndpoint), "authorization"),
            Choose(Options.TokenUrl, metadata?.TokenEndpoint ?? Fill(_kind.TokenEndpoint), "token"),
            metadata?.UserinfoEndpoint is { Length: > 0 } userinfo && _kind.ProfileEndpoint.Length == 0 ? userinfo : Fill(_kind.ProfileEndpoint)), metadata);
    }

    private string Fill(string endpoint) => endpoint.Replace("{issuer}", _issuer.TrimEnd('/'), StringComparison.Ordinal);

    private static string Choose(string configured, string known, string name) =>
        configured.Length > 0 ? configured
        : known.Length > 0 ? known
        : throw new ProviderException(OidcErrors.Discovery($"there is no {name} endpoint"), $"The discovery document names no {name} endpoint");

    // RFC 9207, 2.4; the defence against an answer of one provider that is passed to another (RFC 9700, 4.4).
    private void CheckIssuer(AuthorizationResponse response, ProviderMetadata? metadata)
    {
        var expected = metadata?.Issuer ?? _issuer;
        var isNamed = response.Parameters.TryGetValue("iss", out var named);
        var isRight = !isNamed ? metadata is not { NamesIssuerInAnswers: true }
            : metadata is null ? expected.Length == 0 || named!.TrimEnd('/') == expected.TrimEnd('/')
            : named == expected || (expected.Contains(MicrosoftIssuers.TenantPlace, StringComparison.Ordinal) && MicrosoftIssuers.IsIssuer(named!));
        if (!isRight)
            throw new ProviderException(OidcErrors.OtherIssuer, "The answer names no issuer, or another one than the provider's");
    }

    private ValueTask<JsonObject> ExchangeAsync(string endpoint, ProviderMetadata? metadata, AuthorizationResponse response, CancellationToken cancellationToken)
    {
        if (_kind.ExchangeCode is { } exchange)
            return exchange(Services, Options, endpoint, response.Code, cancellationToken);
        var form = new Dictionary<string, string>(_kind.TokenParameters, StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = response.Code,
            ["redirect_uri"] = response.RedirectUri,
        };
        if (Options.Pkce != PkceMode.Never)
            form["code_verifier"] = response.CodeVerifier;
        return _tokens.ExchangeAsync(endpoint, metadata?.TokenEndpointAuthMethods ?? [], form, cancellationToken);
    }

    // RFC 6749, 5.1: the scope may be left out where it is the one that was asked for.
    private void CheckScopes(JsonObject answer)
    {
        if (_kind.GrantedScopeSeparator is not { } separator || !answer.ContainsKey("scope"))
            return;
        var granted = (ClaimJson.Text(answer, "scope") ?? "").Split(separator, StringSplitOptions.TrimEntries);
        if (Options.Scope.Exists(s => !granted.Contains(s)))
            throw new ProviderException(OidcErrors.PermissionsMissing, "The person did not grant every scope");
    }

    private async ValueTask<ProviderClaims> ReadAsync(ProfileRequest request, ProviderClaims? idToken, CancellationToken cancellationToken)
    {
        var takesUserinfo = idToken is not null && (_kind.TakesUserinfo || Options.ClaimsSource == ClaimsSource.Userinfo);
        if (request.AccessToken.Length == 0 && (idToken is null || takesUserinfo))
            throw new ProviderException("The token endpoint answered without an access_token");
        if (takesUserinfo)
            idToken = await ReadUserinfoAsync(request, idToken!, cancellationToken).ConfigureAwait(false);
        return _kind.ReadProfile is { } read ? await read(request, cancellationToken).ConfigureAwait(false)
            : idToken ?? throw new InvalidOperationException($"The provider kind {_kind.Name} has neither IsOpenId nor ReadProfile; set one of them.");
    }

    // OpenID Connect Core, 5.3.
    private async ValueTask<ProviderClaims> ReadUserinfoAsync(ProfileRequest request, ProviderClaims idToken, CancellationToken cancellationToken)
    {
        if (request.ProfileEndpoint.Length == 0)
            throw new ProviderException(OidcErrors.Discovery("there is no userinfo endpoint"), "The discovery document names no userinfo endpoint; set ClaimsSource to id_token");
        using var message = new HttpRequestMessage(HttpMethod.Get, request.ProfileEndpoint);
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + request.AccessToken);
        var answer = (await Services.Http.SendAsync(message, cancellationToken).ConfigureAwait(false)).Demand200();
        var json = answer.MediaType == "application/jwt"
            ? await _idTokens!.ReadSignedUserinfoAsync(Encoding.ASCII.GetString(answer.Body.Span), cancellationToken).ConfigureAwait(false)
            : answer.Json() as JsonObject ?? throw new ProviderException("The userinfo endpoint answered with something that is no JSON object");
        var claims = StandardClaims.Read(json, keepRaw: true);
        // 5.3.2: without the same subject, the answer is about somebody else.
        return claims.Subject == idToken.Subject ? claims with { Issuer = idToken.Issuer }
            : throw new ProviderException(OidcErrors.OtherSubject, "The userinfo endpoint told of another subject than the ID token");
    }
}
