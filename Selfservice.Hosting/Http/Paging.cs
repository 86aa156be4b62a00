using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>Paging as clients ask for it: by number and size, or by a token that holds an offset.</summary>
/// <param name="Offset">How many items come before the page.</param>
/// <param name="Size">How many items a page has.</param>
internal sealed record Paging(int Offset, int Size)
{
    private const int DefaultSize = 250;
    private const int MaximumSize = 1000;

    /// <summary>Reads what the query asks for; what cannot be read is the default.</summary>
    /// <param name="query">The query.</param>
    /// <param name="firstPage">The number of the first page.</param>
    public static Paging Read(IQueryCollection query, int firstPage)
    {
        var size = Number(query["page_size"]) ?? Number(query["per_page"]) ?? DefaultSize;
        size = Math.Clamp(size, 1, MaximumSize);
        var offset = query["page_token"].FirstOrDefault() is { Length: > 0 } token ? Offset0(token)
            : (long)Math.Max(0, (Number(query["page"]) ?? firstPage) - firstPage) * size;
        return new((int)Math.Clamp(offset, 0, int.MaxValue / 2), size);
    }

    /// <summary>The headers that lead through the list.</summary>
    public void WriteHeaders(HttpContext context, int total, int firstPage)
    {
        var response = context.Response;
        response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        var size = total == 0 ? DefaultSize : Math.Min(Size, total);
        var last = total == 0 ? 0 : (total - 1) / Size * Size;
        var links = new List<string>();
        Add("first", 0);
        if (total > Size && Offset + Size < total)
            Add("next", Offset + Size);
        if (total > Size && Offset > 0)
            Add("prev", Math.Max(0, Math.Min(Offset, last + Size) - Size));
        if (Offset + Size < total)
            Add("last", last);
        response.Headers.Link = string.Join(",", links);

        void Add(string relation, int offset) => links.Add(PageLink.To(
            context.Request,
            relation,
            ("page", Text((offset / Size) + firstPage)),
            ("page_size", Text(size)),
            ("page_token", Token(offset)),
            ("per_page", Text(size))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Token(int offset) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"offset":"{{offset}}","v":2}""")));

    private static long Offset0(string token)
    {
        try
        {
            using var document = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("offset", out var offset) && offset.ValueKind == JsonValueKind.String
                && long.TryParse(offset.GetString(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return 0;
        }
    }

    private static int? Number(Microsoft.Extensions.Primitives.StringValues values) =>
        int.TryParse(values.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
