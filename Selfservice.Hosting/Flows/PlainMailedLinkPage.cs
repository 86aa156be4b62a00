using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Selfservice.Flows;

namespace Selfservice.Hosting.Flows;

/// <summary>The page of a mailed link for hosts without pages: one heading, one sentence, one button.</summary>
public sealed class PlainMailedLinkPage : IMailedLinkPage
{
    /// <inheritdoc/>
    public Task ShowAsync(HttpContext context, MailedLink link)
    {
        var (title, text, button) = link.Kind == FlowKind.Recovery
            ? ("Recover your account", "Go on to get back into your account.", "Recover account")
            : ("Verify your address", "Go on to confirm that this address is yours.", "Verify address");
        if (link is { Session: not null } && link.Kind == FlowKind.Recovery)
            text += " Somebody is signed in here; their session in this browser ends.";
        var encode = HtmlEncoder.Default;
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
            <body><main><h1>{title}</h1><p>{text}</p>
            <form method="post" action="{encode.Encode(link.Action)}">
            <input type="hidden" name="csrf_token" value="{encode.Encode(link.CsrfToken)}">
            <input type="hidden" name="token" value="{encode.Encode(link.Token)}">
            <button type="submit">{button}</button>
            </form></main></body></html>
            """,
            context.RequestAborted);
    }
}
