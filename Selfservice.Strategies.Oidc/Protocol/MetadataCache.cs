using System.Text;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>
/// A provider's discovery document and keys. They are read when first needed and every 12 hours; and when a token is signed with a key that is not among them, but at most once a minute, whoever
/// sends such tokens. While they cannot be read again, the old ones stay. Ages are not taken from the wall clock, which may go back, and would then keep new keys away for as long.
/// </summary>
internal sealed class MetadataCache(string issuer, ProviderHttp http, TimeProvider time)
{
    /// <summary>How long the document and keys are used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>How long an attempt to read them keeps others from being made, where old ones are there.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    // OpenID Connect Discovery, 4.1: a slash at the issuer's end is removed.
    private readonly string _address = issuer.TrimEnd('/') + "/.well-known/openid-configuration";
    private readonly Lock _gate = new();
    private ProviderMetadata? _known;
    private long _readAt;
    private long _triedAt;
    private Task<ProviderMetadata>? _pending;

    /// <summary>The document and keys.</summary>
    /// <exception cref="ProviderException">They cannot be read, or the document is another issuer's.</exception>
    public Task<ProviderMetadata> GetAsync(CancellationToken cancellationToken) => GetAsync(isStale: () => time.GetElapsedTime(_readAt) >= Lifetime, cancellationToken);

    /// <summary>The document and keys, read anew unless that was tried within the last minute.</summary>
    /// <exception cref="ProviderException">They cannot be read, or the document is another issuer's.</exception>
    public Task<ProviderMetadata> RefreshAsync(CancellationToken cancellationToken) => GetAsync(isStale: () => true, cancellationToken);

    private async Task<ProviderMetadata> GetAsync(Func<bool> isStale, CancellationToken cancellationToken)
    {
        Task<ProviderMetadata> reading;
        lock (_gate)
        {
            if (_known is { } known && (!isStale() || time.GetElapsedTime(_triedAt) < RefreshInterval))
                return known;
            if (_pending is null)
            {
                _triedAt = time.GetTimestamp();
                // Everybody who waits shares it: nobody's disconnect may end it.
                _pending = ReadAsync(CancellationToken.None);
            }

            reading = _pending;
        }

        try
        {
            return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException) when (_known is not null)
        {
            return _known;
        }
    }

    private async Task<ProviderMetadata> ReadAsync(CancellationToken cancellationToken)
    {
        // The lock is held by who starts it.
        await Task.Yield();
        try
        {
            var metadata = await FetchAsync(cancellationToken).ConfigureAwait(false);
            lock (_gate)
                (_known, _readAt) = (metadata, time.GetTimestamp());
            return metadata;
        }
        finally
        {
            lock (_gate)
                _pending = null;
        }
    }

    private async Task<ProviderMetadata> FetchAsync(CancellationToken cancellationToken)
    {
        ProviderMetadata metadata;
        try
        {
            metadata = ProviderMetadata.From(await OpenIdConnectConfigurationRetriever.GetAsync(_address, new Documents(http, issuer), cancellationToken).ConfigureAwait(false));
        }
        catch (ProviderException e)
        {
            throw new ProviderException(OidcErrors.Discovery("the discovery document or the keys could not be read"), $"Discovery failed: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or System.Text.Json.JsonException)
        {
            throw new ProviderException(OidcErrors.Discovery("the discovery document or the keys are malformed"), "Discovery failed: the document or the keys are malformed", e);
        }

        // OpenID Connect Discovery, 4.3: the issuer must be exactly the one that was asked for.
        if (!IsExpected(metadata.Issuer))
        {
            throw new ProviderException(
                OidcErrors.Discovery($"oidc: issuer did not match the issuer returned by provider, expected \"{issuer}\" got \"{metadata.Issuer}\""),
                $"The discovery document of {issuer} names the issuer {metadata.Issuer}; set IssuerUrl to exactly what the document says");
        }

        if (metadata.Unusable is { } endpoint)
            throw new ProviderException(OidcErrors.Discovery("an endpoint is no address, or not protected by HTTPS"), $"The discovery document of {issuer} names the endpoint {endpoint}, which is no address, or not over HTTPS");
        return metadata;
    }

    // Microsoft's documents for several tenants hold a place for the tenant; each token is compared with its own (IdTokenVerifier).
    private bool IsExpected(string found) => found == issuer || (issuer.StartsWith(MicrosoftIssuers.Prefix, StringComparison.Ordinal) && MicrosoftIssuers.IsIssuer(found));

    private sealed class Documents(ProviderHttp http, string issuer) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            if (!ProviderMetadata.IsUsable(address, issuer))
                throw new ProviderException($"{address} is no address, or not over HTTPS");
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var answer = (await http.SendAsync(request, cancel).ConfigureAwait(false)).Demand200();
            _ = answer.Json();
            return Encoding.UTF8.GetString(answer.Body.Span);
        }
    }
}
