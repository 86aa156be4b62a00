using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Selfservice.Ui.Pages;

internal static class AssetEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in (PageAssets[])[PageAssets.Stylesheet, PageAssets.Script])
            endpoints.MapGet(asset.Path, context => SendAsync(context, asset));
    }

    private static Task SendAsync(HttpContext context, PageAssets asset)
    {
        var isCurrent = context.Request.Query["v"] == asset.Version;
        context.Response.Headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\"")).ExecuteAsync(context);
    }
}
