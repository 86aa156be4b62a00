using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
        endpoints.MapGet(path, (HttpContext context, IStore store, PageState state) => ListAsync(context, store, state, path));
        endpoints.MapGet(path + "/{id:guid}/html", HtmlAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IStore store, PageState state, string path)
    {
        if (!BrowserRequests.IsLocal(context))
            return Results.NotFound();
        var messages = await store.ReadAsync((scope, token) => scope.Messages.ListAsync(new() { Limit = Newest }, token), context.RequestAborted);
        state.Show(new SentMailModel([.. messages.Select(m => new SentMail(m, m.Channel == MessageChannel.Email))], state.Link(path)));
        PageHeaders.Apply(context, state.Options);
        context.Response.Headers.ContentSecurityPolicy = context.Response.Headers.ContentSecurityPolicy + "; frame-src 'self'";
        return new PageResult<SentMailPage>();
    }

    private static async Task<IResult> HtmlAsync(HttpContext context, Guid id, IStore store, ICourier courier)
    {
        if (!BrowserRequests.IsLocal(context))
            return Results.NotFound();
        var message = await store.ReadAsync((scope, token) => scope.Messages.FindAsync(id, token), context.RequestAborted);
        var html = message is null ? null : await courier.RenderHtmlAsync(message, context.RequestAborted);
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
