using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Hosting.Http;

/// <summary>Answers scripts of other origins, as far as the host allows them.</summary>
internal sealed class CorsPolicy(IOptions<SelfserviceOptions> options)
{
    private static readonly string[] DefaultMethods = ["POST", "GET", "PUT", "PATCH", "DELETE"];
    private static readonly string[] DefaultHeaders = ["Authorization", "Content-Type", "Max-Age", "X-Session-Token", "X-XSRF-TOKEN", "X-CSRF-TOKEN"];
    private static readonly string[] DefaultExposed = ["Content-Type"];

    private CorsOptions Options => options.Value.Serve.Public.Cors;

    /// <summary>Adds the headers. True when the request was a preflight and is answered with them.</summary>
    public bool Apply(HttpContext context)
    {
        if (!Options.Enabled)
            return false;
        var (request, response) = (context.Request, context.Response);
        var origin = request.Headers.Origin.ToString();
        var asked = request.Headers.AccessControlRequestMethod.ToString();
        var isPreflight = HttpMethods.IsOptions(request.Method) && asked.Length > 0;
        response.Headers.Append("Vary", "Origin");
        if (!isPreflight)
        {
            if (origin.Length > 0 && IsAllowed(origin))
            {
                Allow(response, origin);
                response.Headers.AccessControlExposeHeaders = string.Join(", ", Choose(Options.ExposedHeaders, DefaultExposed));
            }

            return false;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        var headers = request.Headers.AccessControlRequestHeaders.ToString();
        var names = headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!IsAllowed(origin) || !Choose(Options.AllowedMethods, DefaultMethods).Contains(asked, StringComparer.OrdinalIgnoreCase)
            || !names.All(n => Choose(Options.AllowedHeaders, DefaultHeaders).Contains(n, StringComparer.OrdinalIgnoreCase)))
        {
            return true;
        }

        Allow(response, origin);
        response.Headers.AccessControlAllowMethods = asked;
        if (names.Length > 0)
            response.Headers.AccessControlAllowHeaders = headers;
        if (Options.MaxAge > TimeSpan.Zero)
            response.Headers.AccessControlMaxAge = ((long)Options.MaxAge.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    private void Allow(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        if (Options.AllowCredentials)
            response.Headers.AccessControlAllowCredentials = "true";
    }

    private bool IsAllowed(string origin) => origin.Length > 0 && Options.AllowedOrigins.Exists(entry =>
        entry.IndexOf('*', StringComparison.Ordinal) is var star and >= 0
            ? origin.Length >= entry.Length && origin.StartsWith(entry[..star], StringComparison.OrdinalIgnoreCase) && origin.EndsWith(entry[(star + 1)..], StringComparison.OrdinalIgnoreCase)
            : origin.Equals(entry, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<string> Choose(List<string> configured, string[] defaults) => configured.Count > 0 ? configured : defaults;
}
