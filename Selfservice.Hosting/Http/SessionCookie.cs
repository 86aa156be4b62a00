using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Http;

/// <summary>The cookie of a browser's session: its token, and when the browser was told that it ends.</summary>
internal sealed class SessionCookie(Cookies cookies, IOptions<SelfserviceOptions> options, TimeProvider clock)
{
    private SessionCookieOptions Options => options.Value.Session.Cookie;

    /// <summary>The token in the request's cookie, and the end that the browser knows (Unix seconds; 0 for none); null without a cookie.</summary>
    public (string Token, long KnownEnd)? Read(HttpRequest request)
    {
        // Of several cookies of the name none can be trusted: another host of the domain may have planted one.
        if (Cookies.Values(request, Name(request)) is not [{ Length: > 0 } value])
            return null;
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (value, 0) : (value[..dot], long.TryParse(value.AsSpan(dot + 1), CultureInfo.InvariantCulture, out var end) ? end : 0);
    }

    /// <summary>Gives the browser a session's token.</summary>
    public void Write(HttpContext context, string token, Session session)
    {
        var attributes = cookies.Attributes(context.Request, Options);
        if (Options.Persistent)
        {
            var left = session.ExpiresAt - clock.GetUtcNow();
            attributes.MaxAge = TimeSpan.FromSeconds(Math.Max(1, Math.Floor(left.TotalSeconds)));
            attributes.Expires = session.ExpiresAt;
        }

        ResponseCookies.Replace(context.Response, Name(context.Request), string.Create(CultureInfo.InvariantCulture, $"{token}.{session.ExpiresAt.ToUnixTimeSeconds()}"), attributes);
    }

    /// <summary>Takes it away.</summary>
    public void Delete(HttpContext context)
    {
        var attributes = cookies.Attributes(context.Request, Options);
        attributes.MaxAge = TimeSpan.Zero;
        attributes.Expires = DateTimeOffset.UnixEpoch.AddSeconds(1);
        ResponseCookies.Replace(context.Response, Name(context.Request), "", attributes);
    }

    private string Name(HttpRequest request) => Options.Name ?? cookies.Name(request, "selfservice_session", Options);
}
