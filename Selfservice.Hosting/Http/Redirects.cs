using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>Sends browsers elsewhere.</summary>
internal static class Redirects
{
    public static void SeeOther(HttpContext context, string location, int status = StatusCodes.Status303SeeOther)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            context.Response.ContentType = "text/html; charset=utf-8";
    }

    /// <summary>The text of a page with one link, for clients that do not follow.</summary>
    public static string Body(string location) => $"<a href=\"{HtmlEncoder.Default.Encode(location)}\">See Other</a>.\n";

    /// <summary>A URL with one more query parameter.</summary>
    public static string WithQuery(string url, string name, string value) => url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + name + "=" + Uri.EscapeDataString(value);
}
