using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Selfservice.Hosting.Http;

namespace Selfservice.Hosting.Admin;

/// <summary>The id in a path.</summary>
internal static class RouteId
{
    /// <summary>The id; null for a text that is none, after the answer that says so.</summary>
    public static async Task<Guid?> ReadAsync(HttpContext context)
    {
        var text = context.GetRouteValue("id") as string ?? "";
        if (Guid.TryParseExact(text, "D", out var id))
            return id;
        await JsonAnswer.WriteErrorAsync(context, new() { Code = 400, Message = $"uuid: incorrect UUID length {text.Length} in string \"{text}\"" }).ConfigureAwait(false);
        return null;
    }
}
