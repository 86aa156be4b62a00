using Microsoft.Extensions.Logging;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>One configured provider, ready to be talked to.</summary>
internal abstract partial class Provider(ProviderServices services, ProviderOptions options, IClaimsMapper mapper)
{
    private const string CallbackPath = "/self-service/methods/oidc/callback";

    public ProviderOptions Options => options;

    public string Id => options.Id;

    /// <summary>What people read on the button.</summary>
    public string Label => options.Label.Length > 0 ? options.Label : options.Id;

    /// <summary>Null for a provider of everybody.</summary>
    public string? OrganizationId => options.OrganizationId.Length > 0 ? options.OrganizationId : null;

    /// <summary>Whether people come back to the address that all providers share.</summary>
    protected virtual bool UsesSharedCallback => options.Pkce == PkceMode.Force;

    protected ProviderServices Services => services;

    /// <summary>Where the provider sends people back to.</summary>
    /// <param name="publicUrl">The public URL of this host.</param>
    public string RedirectUri(string publicUrl)
    {
        var root = (services.Config.BaseRedirectUri.Length > 0 ? services.Config.BaseRedirectUri : publicUrl).TrimEnd('/');
        return UsesSharedCallback ? root + CallbackPath
            : OrganizationId is { } organization ? $"{root}/self-service/methods/oidc/organization/{Uri.EscapeDataString(organization)}/callback/{Uri.EscapeDataString(Id)}"
            : $"{root}{CallbackPath}/{Uri.EscapeDataString(Id)}";
    }

    /// <summary>Where the browser goes to sign in at the provider.</summary>
    public ValueTask<ProviderResult<AuthorizationStart>> StartAsync(AuthorizationRequest request, CancellationToken cancellationToken) =>
        AskAsync(BeginAsync(request, cancellationToken), "start");

    /// <summary>Who came back with the provider's answer.</summary>
    public ValueTask<ProviderResult<ProviderGrant>> RedeemAsync(AuthorizationResponse response, CancellationToken cancellationToken) =>
        AskAsync(CompleteAsync(response, cancellationToken), "callback");

    /// <summary>Whom an ID token is about that a native app got from the provider itself.</summary>
    /// <param name="idToken">The token.</param>
    /// <param name="nonce">The nonce that the app gave the provider; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ValueTask<ProviderResult<ProviderClaims>> VerifyIdTokenAsync(string idToken, string? nonce, CancellationToken cancellationToken) =>
        AskAsync(VerifyAsync(idToken, nonce, cancellationToken), "id_token");

    /// <summary>What of the claims becomes an identity.</summary>
    /// <param name="claims">What the provider said.</param>
    /// <param name="schemaId">The identity schema; null for the default.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken)
    {
        var result = await mapper.MapAsync(claims, schemaId, cancellationToken).ConfigureAwait(false);
        if (result is ProviderResult<MappedIdentity>.Failure failure)
            LogFailed("mapping", Id, failure.Error.Reason ?? failure.Error.Message);
        return result;
    }

    /// <exception cref="ProviderException">The provider's answer cannot be used.</exception>
    protected abstract ValueTask<AuthorizationStart> BeginAsync(AuthorizationRequest request, CancellationToken cancellationToken);

    /// <exception cref="ProviderException">The provider's answer cannot be used.</exception>
    protected abstract ValueTask<ProviderGrant> CompleteAsync(AuthorizationResponse response, CancellationToken cancellationToken);

    /// <exception cref="ProviderException">The token is not accepted.</exception>
    protected virtual ValueTask<ProviderClaims> VerifyAsync(string idToken, string? nonce, CancellationToken cancellationToken) => ValueTask.FromException<ProviderClaims>(CannotVerify());

    protected ProviderException CannotVerify() =>
        new(OidcErrors.Upstream($"The provider {options.Provider} does not support id_token verification"), "An app submitted an ID token, which this provider does not take; see AcceptIdTokens");

    /// <summary>OpenID Connect Core, 2: both are required, and together they are who it is.</summary>
    protected static ProviderClaims DemandSubject(ProviderClaims claims) =>
        claims.Subject.Length == 0 ? throw new ProviderException(OidcErrors.NoSubject, "The provider named no subject")
        : claims.Issuer.Length == 0 ? throw new ProviderException(OidcErrors.NoIssuer, "The provider named no issuer")
        : claims;

    private async ValueTask<ProviderResult<T>> AskAsync<T>(ValueTask<T> asked, string step)
    {
        try
        {
            return new ProviderResult<T>.Success(await asked.ConfigureAwait(false));
        }
        catch (ProviderException e)
        {
            LogFailed(step, Id, e.Message);
            return new ProviderResult<T>.Failure(e.Error);
        }
    }

    private void LogFailed(string step, string provider, string cause) => LogFailed(services.Logger, step, provider, cause);

    [LoggerMessage(EventId = 7001, EventName = "OidcProviderFailed", Level = LogLevel.Warning, Message = "Step {Step} of a sign-in at provider {Provider} failed: {Cause}")]
    private static partial void LogFailed(ILogger logger, string step, string provider, string cause);
}
