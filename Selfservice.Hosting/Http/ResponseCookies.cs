using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>Sets cookies so that an answer never has two of one name.</summary>
internal static class ResponseCookies
{
    public static void Replace(HttpResponse response, string name, string value, CookieOptions attributes)
    {
        var others = response.Headers.SetCookie.Where(line => line is not null && !line.StartsWith(name + "=", StringComparison.Ordinal)).ToArray();
        response.Headers.SetCookie = others;
        response.Cookies.Append(name, value, attributes);
    }
}
