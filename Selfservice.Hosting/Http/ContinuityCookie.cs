using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>
/// The cookie by which a browser that was sent elsewhere is known when it comes back. It is sent with requests that come from other sites, since that is where the browser comes
/// from; it proves nothing but that, and for no longer than the way may take.
/// </summary>
internal sealed class ContinuityCookie(Cookies cookies)
{
    private const string BaseName = "selfservice_continuity";
    private static readonly TimeSpan Lifespan = TimeSpan.FromMinutes(30);

    /// <summary>What the request's cookie holds; null without one, or with several: another host of the domain may have planted one.</summary>
    public string? Read(HttpRequest request) => Cookies.Values(request, cookies.Name(request, BaseName)) is [{ Length: > 0 and <= 128 } value] ? value : null;

    /// <summary>Gives the browser a token. What it held before is forgotten: the last place it was sent to is the one it can come back from.</summary>
    public void Write(HttpContext context, string token)
    {
        var attributes = cookies.Attributes(context.Request);
        attributes.SameSite = SameSiteMode.Lax;
        attributes.MaxAge = Lifespan;
        ResponseCookies.Replace(context.Response, cookies.Name(context.Request, BaseName), token, attributes);
    }
}
