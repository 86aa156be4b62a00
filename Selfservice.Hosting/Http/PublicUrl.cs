using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Hosting.Http;

/// <summary>The URL under which clients reach the host. Without a configured one it is taken from the request, which start-up allows in Development only.</summary>
internal sealed class PublicUrl(IOptions<SelfserviceOptions> options)
{
    public string Of(HttpRequest request) => options.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>The request's own URL as clients see it. The host name is never the one that the request claims where a public URL is configured.</summary>
    public string OfRequest(HttpRequest request) => Of(request) + request.Path + request.QueryString;

    public bool IsSecure(HttpRequest request) => options.Value.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ?? request.IsHttps;
}
