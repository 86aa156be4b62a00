using System.Text;
using Microsoft.AspNetCore.Http;
using Selfservice.Nodes;

namespace Selfservice.Ui.Pages;

/// <summary>The security headers of the pages (ASVS 5.0, 3.4: a policy without inline code, no framing, no sniffing, no referrer with a flow id to others).</summary>
internal static class PageHeaders
{
    public static void Apply(HttpContext context, SelfserviceUiOptions options, UiContainer? ui = null, string? returnTo = null)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(context.Request, options, ui, returnTo);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // same-origin rather than no-referrer: with the latter a form post says "Origin: null", which a check of the origin must refuse.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-store";
    }

    private static string Policy(HttpRequest request, SelfserviceUiOptions options, UiContainer? ui, string? returnTo)
    {
        var nodes = ui?.Nodes.Select(n => n.Attributes).ToList() ?? [];
        var scripts = nodes.OfType<ScriptAttributes>().Select(s => s.Nonce).Where(IsNonce).Select(n => $"'nonce-{n}'");
        var images = nodes.OfType<ImageAttributes>().Select(i => i.Source).Append(options.LogoUrl).Select(Origin);

        var policy = new StringBuilder("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        Append(policy, "style-src", ["'self'", Origin(options.StylesheetUrl)]);
        Append(policy, "img-src", ["'self'", "data:", .. images]);
        Append(policy, "script-src", ["'self'", .. scripts]);
        Append(policy, "form-action", options.FormActionSources ?? FormAction(request, ui, returnTo));
        return policy.ToString();
    }

    // Chromium holds every redirect after a form against form-action: to the provider of a social sign-in, to another origin of the application, and
    // to the scheme of a native app. A list that misses one breaks sign-in without a word, so the default names schemes and leaves origins to the host.
    private static IEnumerable<string?> FormAction(HttpRequest request, UiContainer? ui, string? returnTo)
    {
        yield return "'self'";
        yield return Origin(ui?.Action);
        yield return Origin(returnTo);
        yield return "https:";
        if (!request.IsHttps)
            yield return "http:";
    }

    private static void Append(StringBuilder policy, string directive, IEnumerable<string?> sources) =>
        policy.Append("; ").Append(directive).Append(' ').AppendJoin(' ', sources.Where(s => !string.IsNullOrEmpty(s)).Distinct(StringComparer.Ordinal));

    private static string? Origin(string? url)
    {
        // A path is "absolute" as a file on Unix, and it is covered by 'self'.
        if (url is null || url.StartsWith('/') || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return null;
        if (uri.Scheme is "http" or "https")
            return uri.GetLeftPart(UriPartial.Authority) is var origin && origin.Contains('@', StringComparison.Ordinal) ? null : origin;
        return uri.Scheme is "javascript" or "data" or "file" or "blob" ? null : uri.Scheme + ":";
    }

    // The value goes into a header between quotes; what is no base64 text stays out.
    private static bool IsNonce(string value) =>
        value.Length is > 0 and <= 128 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '/' or '=');
}
