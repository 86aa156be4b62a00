using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Courier;
using Selfservice.Hosting.Pages;
using Selfservice.Storage;
using Selfservice.Ui.Components;
using Selfservice.Ui.Pages;

namespace Selfservice.Ui.Mail;

/// <summary>The page of sent mails, for developers.</summary>
internal static class SentMailEndpoints
{
    private const int Newest = 50;

    public static void Map(IEndpointRouteBuilder endpoints, string path)
    {
        endpoints.MapGet(path, PageEndpoint.Of((context, _, state) => ListAsync(context, state, path)));
        endpoints.MapGet(path + "/{id:guid}/html", PageEndpoint.Of((context, _, _) => HtmlAsync(context)));
    }

    private static async Task<IResult> ListAsync(HttpContext context, PageState state, string path)
    {
        if (!BrowserRequests.IsLocal(context))
            return Results.NotFound();
        var messages = await context.RequestServices.GetRequiredService<IStore>().ReadAsync((scope, token) => scope.Messages.ListAsync(new() { Limit = Newest }, token), context.RequestAborted);
        state.Show(new SentMailModel([.. messages.Select(m => new SentMail(m, m.Channel == MessageChannel.Email))], state.Link(path)));
        PageHeaders.Apply(context, state.Options);
        context.Response.Headers.ContentSecurityPolicy = context.Response.Headers.ContentSecurityPolicy + "; frame-src 'self'";
        return new PageResult<SentMailPage>();
    }

    private static async Task<IResult> HtmlAsync(HttpContext context)
    {
        if (!BrowserRequests.IsLocal(context))
            return Results.NotFound();
        var services = context.RequestServices;
        var id = Guid.Parse(context.Request.RouteValues["id"]!.ToString()!);
        var message = await services.GetRequiredService<IStore>().ReadAsync((scope, token) => scope.Messages.FindAsync(id, token), context.RequestAborted);
        var html = message is null ? null : await services.GetRequiredService<ICourier>().RenderHtmlAsync(message, context.RequestAborted);
        var headers = context.Response.Headers;
        // A mail is looked at, never run: in a frame without any rights, and in the same way when it is opened by itself.
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-ancestors 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return html is null ? Results.NotFound() : Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>The time as the page shows it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
