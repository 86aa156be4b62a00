using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Logout;

/// <summary>Signing out: a browser by a link that nobody else can know, a native client by its token.</summary>
internal sealed class LogoutEndpoints(
    SessionRevoker revoker, RequestSession sessions, SessionReader reader, SessionCookie cookie, CsrfProtection csrf, ErrorResponder errors, ReturnUrls returnUrls, PublicUrl publicUrl, IOptions<SelfserviceOptions> options)
{
    public static Task CreateAsync(HttpContext context) => Self(context).CreateUrlAsync(context);

    public static Task SubmitAsync(HttpContext context) => Self(context).LogoutAsync(context);

    public static Task ApiAsync(HttpContext context) => Self(context).LogoutNativeAsync(context);

    private static LogoutEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<LogoutEndpoints>();

    /// <summary>The link that ends the session of the request; null without a session.</summary>
    public async ValueTask<string?> CreateLinkAsync(HttpContext context, string? returnTo = null) =>
        await sessions.FindAsync(context).ConfigureAwait(false) is { } proven ? Link(context, SessionTokens.LogoutToken(proven.Token), returnTo) : null;

    private async Task CreateUrlAsync(HttpContext context)
    {
        if (await sessions.FindAsync(context).ConfigureAwait(false) is not { } proven)
        {
            await errors.RespondAsync(context, FlowErrors.SessionInactive).ConfigureAwait(false);
            return;
        }

        var location = Resolve(context, out var forbidden);
        if (forbidden is not null)
        {
            await errors.RespondAsync(context, forbidden).ConfigureAwait(false);
            return;
        }

        var token = SessionTokens.LogoutToken(proven.Token);
        var asked = context.Request.Query["return_to"].FirstOrDefault();
        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("logout_url", Link(context, token, string.IsNullOrEmpty(asked) ? null : location));
            writer.WriteString("logout_token", token);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private string Link(HttpContext context, string token, string? returnTo) =>
        $"{publicUrl.Of(context.Request)}/self-service/logout?{(returnTo is null ? "" : $"return_to={Uri.EscapeDataString(returnTo)}&")}token={token}";

    private string Resolve(HttpContext context, out ErrorObject? forbidden)
    {
        var fallback = options.Value.Flows.Logout.After.DefaultBrowserReturnUrl ?? options.Value.DefaultBrowserReturnUrl;
        return returnUrls.Resolve(context.Request.Query["return_to"].FirstOrDefault(), fallback, publicUrl.Of(context.Request), out forbidden);
    }

    private async Task LogoutAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].FirstOrDefault();
        var proven = await sessions.FindAsync(context).ConfigureAwait(false);
        var location = Resolve(context, out var forbidden);
        var error = string.IsNullOrEmpty(token) ? ErrorObject.BadRequest("Please include a token in the URL query.")
            : proven is null ? FlowErrors.SessionInactive
            : !SessionTokens.IsLogoutToken(token, proven.Token)
                ? ErrorObject.Forbidden("Unable to log out because the logout token in the URL query does not match the session cookie.")
            : forbidden;
        if (error is not null)
        {
            await errors.RespondAsync(context, error).ConfigureAwait(false);
            return;
        }

        await revoker.RevokeAsync(proven!.Session.Id, proven.Session.IdentityId).ConfigureAwait(false);
        cookie.Delete(context);
        csrf.Rotate(context);
        if (options.Value.Flows.Logout.ClearBrowserData && publicUrl.IsSecure(context.Request))
            context.Response.Headers["Clear-Site-Data"] = "\"cookies\", \"storage\", \"cache\"";
        if (Negotiation.IsJson(context.Request))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            Redirects.SeeOther(context, location);
    }

    private async Task LogoutNativeAsync(HttpContext context)
    {
        var request = context.Request;
        ErrorObject? error = null;
        string? token = null;
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
            error = ErrorObject.BadRequest("Unable to decode HTTP Request Body because its HTTP Header \"Content-Length\" is zero.");
        else if ((request.ContentType ?? "").Split(';')[0].Trim() != "application/json")
            error = ErrorObject.BadRequest($"HTTP DELETE Request used unknown HTTP Header \"Content-Type: {request.ContentType}\", only [application/json] are supported.");
        else if (await SubmissionReader.ReadBodyAsync(request, context.RequestAborted).ConfigureAwait(false) is not { } body || !TryReadToken(body, out token))
            error = ErrorObject.BadRequest("Unable to decode JSON payload: unexpected EOF, or no object with the text session_token");
        if (error is null && (string.IsNullOrEmpty(token) || await reader.FindAsync(token, context.RequestAborted).ConfigureAwait(false) is not { } session
            || !await revoker.RevokeAsync(session.Id, session.IdentityId).ConfigureAwait(false)))
        {
            error = ErrorObject.Forbidden("The provided Ory Session Token could not be found, is invalid, or otherwise malformed.");
        }

        if (error is not null)
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool TryReadToken(ReadOnlyMemory<byte> body, out string? token)
    {
        token = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            if (!document.RootElement.TryGetProperty("session_token", out var value) || value.ValueKind == JsonValueKind.Null)
                return true;
            token = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return token is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
