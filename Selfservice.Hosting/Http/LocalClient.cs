using System.Net;
using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>Whether a request comes from the same machine, and not through a proxy on it that speaks for others.</summary>
internal static class LocalClient
{
    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
