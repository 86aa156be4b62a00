using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Calls providers: within a time, without redirects, with answers of at most 1 MiB. The client has no time limit of its own.</summary>
internal sealed class ProviderHttp(HttpClient client, TimeProvider time, TimeSpan timeout)
{
    /// <summary>Calls it.</summary>
    /// <exception cref="ProviderException">It gave no answer.</exception>
    public async ValueTask<ProviderAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        if (request.Headers.Accept.Count == 0)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var host = request.RequestUri!.Authority;
        try
        {
            using var answer = await client.SendAsync(request, both.Token).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false);
            return new(host, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", body);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(OidcErrors.Unreachable, $"{host} gave no answer within {timeout}", e);
        }
        catch (HttpRequestException e)
        {
            // Not the address: a path may hold a secret.
            throw new ProviderException(OidcErrors.Unreachable, $"{host} could not be called ({e.HttpRequestError}: {e.GetBaseException().Message})", e);
        }
    }

    /// <summary>Gets a document with JSON in it.</summary>
    /// <exception cref="ProviderException">There is none.</exception>
    public async ValueTask<JsonNode> GetJsonAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (await SendAsync(request, cancellationToken).ConfigureAwait(false)).Demand200().Json();
}

/// <summary>What a provider answered.</summary>
/// <param name="Host">Who answered.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">The media type; empty for none.</param>
/// <param name="Body">The body.</param>
internal sealed record ProviderAnswer(string Host, int Status, string MediaType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Itself.</summary>
    /// <exception cref="ProviderException">The status is not 200.</exception>
    public ProviderAnswer Demand200() => Status == 200 ? this : throw new ProviderException(OidcErrors.Status(Status), $"{Host} answered with status {Status}");

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ProviderException">It is none.</exception>
    public JsonNode Json() => StrictJson.Parse(Body.Span) ?? throw new ProviderException($"{Host} answered with status {Status} and something that is no JSON, or that names a member twice");
}
