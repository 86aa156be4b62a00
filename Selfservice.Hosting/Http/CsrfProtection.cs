using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;

namespace Selfservice.Hosting.Http;

/// <summary>Protects browsers against requests that other sites make them send: a secret in a cookie, whose holder alone can know a flow's token.</summary>
internal sealed class CsrfProtection(Cookies cookies, PublicUrl publicUrl, IOptions<SelfserviceOptions> options)
{
    private const int LifespanSeconds = 31_536_000;
    private static readonly object IssuedKey = new();
    private static readonly object LaterKey = new();

    /// <summary>The secret in the request's cookie, or the one that this answer sets; null without one.</summary>
    public byte[]? Secret(HttpContext context)
    {
        if (context.Items[IssuedKey] is byte[] issued)
            return issued;
        var values = Cookies.Values(context.Request, CookieName(context.Request));
        var secret = new byte[CsrfTokens.SecretLength];
        return values.Count == 1 && CsrfTokens.TryUnmask(values[0], secret) ? secret : null;
    }

    /// <summary>The secret of the request's cookie; a new one is set when there is none or none that can be used.</summary>
    public byte[] Ensure(HttpContext context)
    {
        if (context.Items.Remove(LaterKey, out var later))
            context.Items[IssuedKey] = later;
        return Secret(context) ?? Rotate(context);
    }

    /// <summary>Sets a new secret for requests to come; this request goes on without one.</summary>
    public void SetForLater(HttpContext context)
    {
        Rotate(context);
        context.Items[LaterKey] = context.Items[IssuedKey];
        context.Items.Remove(IssuedKey);
    }

    /// <summary>The secret of the request's cookie, set anew so that the browser keeps it; a new one when there is none or none that can be used.</summary>
    public byte[] Renew(HttpContext context)
    {
        var secret = Ensure(context);
        Set(context, secret);
        return secret;
    }

    /// <summary>Sets a new secret: forms that were given out before are refused from now on.</summary>
    public byte[] Rotate(HttpContext context)
    {
        var secret = CsrfTokens.NewSecret();
        Set(context, secret);
        return secret;
    }

    /// <summary>Sets a secret that was made for this browser.</summary>
    public void Set(HttpContext context, byte[] secret)
    {
        var attributes = cookies.Attributes(context.Request);
        attributes.MaxAge = TimeSpan.FromSeconds(LifespanSeconds);
        // At most one such cookie an answer: the last is the one that counts.
        var name = CookieName(context.Request);
        ResponseCookies.Replace(context.Response, name, Convert.ToBase64String(secret), attributes);
        context.Items[IssuedKey] = secret;
    }

    /// <summary>Whether the secret in the cookie is the flow's.</summary>
    public bool OwnsFlow(HttpContext context, ReadOnlySpan<byte> flowSecret) =>
        Secret(context) is { } secret && CryptographicOperations.FixedTimeEquals(secret, flowSecret);

    /// <summary>Whether the token belongs to the request's cookie and the request comes from a site that may send forms here.</summary>
    public bool IsValid(HttpContext context, string? token) => context.Items[IssuedKey] is null && Secret(context) is { } secret && CsrfTokens.Matches(token, secret) && IsFromOwnSite(context.Request);

    /// <summary>
    /// Whether the browser says that the request comes from this site: another port of the same host is, another site is not, unless it is a configured page.
    /// Clients that say nothing are no browsers of today; the token stands against the rest.
    /// </summary>
    public bool IsFromOwnSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "same-origin" or "same-site" or "none")
            return true;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return site.Length == 0;
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && ((site.Length == 0 && Uri.TryCreate(publicUrl.Of(request), UriKind.Absolute, out var own) && own.Host == from.Host && own.Scheme == from.Scheme)
                || TrustedOrigins().Any(o => o == from.GetLeftPart(UriPartial.Authority)));
    }

    private IEnumerable<string> TrustedOrigins()
    {
        var flows = options.Value.Flows;
        return options.Value.AllowedReturnUrls.Concat(FlowKind.All.Select(flows.UiUrlOf))
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : "");
    }

    /// <summary>The error for a request that fails the check, with what its sender can mend.</summary>
    public ErrorObject Violation(HttpContext context)
    {
        var request = context.Request;
        var hint = request.Headers["Sec-Fetch-Mode"].ToString() is "cors" or "same-origin"
            ? "We detected an AJAX call, please ensure that CORS is enabled and configured correctly, and that your AJAX code sends cookies and has credentials enabled. For further debugging, check your Browser's Network Tab to see what cookies are included or excluded."
            : "We detected a regular browser or server-side call. To debug browser calls check your Browser's Network Tab to see what cookies are included or excluded. If you are calling from a server ensure that the appropriate cookies are being forwarded and that the SDK method is called correctly.";
        var values = Cookies.Values(request, CookieName(request));
        var sendsToken = (request.ContentType ?? "").StartsWith("application/json", StringComparison.Ordinal)
            || request.Headers["X-CSRF-Token"].Count > 0
            || (request.HasFormContentType && context.Items[SubmissionReader.TokenSeenKey] is true);
        string? reject = request.Headers.Cookie.Count == 0 ? "The HTTP Cookie Header is empty or not set."
            : values.Count == 0 ? "The HTTP Cookie Header was set but did not include the anti-CSRF cookie."
            : sendsToken ? "The HTTP Cookie Header was set and a CSRF token was sent but they do not match. We recommend deleting all cookies for this domain and retrying the flow."
            : null;
        var details = new System.Text.Json.Nodes.JsonObject { ["docs"] = "https://www.ory.sh/kratos/docs/debug/csrf" };
        details["hint"] = reject is null
            ? "The anti-CSRF cookie was found but the CSRF token was not included in the HTTP request body (csrf_token) nor in the HTTP Header (X-CSRF-Token)."
            : hint;
        if (reject is not null)
            details["reject_reason"] = reject;
        return new()
        {
            Id = "security_csrf_violation",
            Code = 403,
            Message = "the request was rejected to protect you from Cross-Site-Request-Forgery",
            Reason = "Please retry the flow and optionally clear your cookies. The request was rejected to protect you from Cross-Site-Request-Forgery (CSRF) which could cause account takeover, leaking personal information, and other serious security issues.",
            Details = details,
        };
    }

    private string CookieName(HttpRequest request) =>
        cookies.Name(request, "csrf_token_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(publicUrl.Of(request)))));
}
