using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>The links of a list: each repeats what the request asked for, so that the next page is one of the same list.</summary>
internal static class PageLink
{
    private static readonly string[] Paging = ["page", "page_size", "page_token", "per_page"];

    /// <summary>A link to a page of the list that the request is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="relation">What the page is to this one: <c>first</c>, <c>next</c> …</param>
    /// <param name="page">The parameters that name the page.</param>
    public static string To(HttpRequest request, string relation, params IEnumerable<(string Name, string Value)> page)
    {
        var parameters = request.Query.Where(q => !Paging.Contains(q.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(q => q.Value.Select(v => (Name: q.Key, Value: v ?? "")))
            .Concat(page)
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}");
        return $"<{request.Path}?{string.Join('&', parameters)}>; rel=\"{relation}\"";
    }
}
