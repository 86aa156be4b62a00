using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Wire;

namespace Selfservice.Hosting.Sessions;

/// <summary>What people may do with their own sessions: see the one they have, list and end the others.</summary>
internal sealed class SessionEndpoints(
    IStore store, RequestSession sessions, SessionRevoker revoker, SessionExchangeCodes exchange, RequiredLevel level, SessionCookie cookie, PublicUrl publicUrl, TimeProvider clock, IOptions<SelfserviceOptions> options)
{
    private static readonly ErrorObject NoSession = ErrorObject.Unauthorized("No valid session cookie found.");

    public static Task WhoamiAsync(HttpContext context) => Self(context).ShowAsync(context);

    public static Task ListAsync(HttpContext context) => Self(context).ListOthersAsync(context);

    public static Task RevokeOthersAsync(HttpContext context) => Self(context).EndOthersAsync(context);

    public static Task RevokeAsync(HttpContext context) => Self(context).EndAsync(context);

    public static Task ExchangeAsync(HttpContext context) => Self(context).HandOverAsync(context);

    private static SessionEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<SessionEndpoints>();

    /// <summary>Gives a native client the session that a browser got for it.</summary>
    private async Task HandOverAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["init_code"].FirstOrDefault() is not { Length: > 0 and <= SessionTokens.MaximumLength } clientCode
            || query["return_to_code"].FirstOrDefault() is not { Length: > 0 and <= SessionTokens.MaximumLength } browserCode)
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest("\"init_code\" and \"return_to_code\" query params must be set")).ConfigureAwait(false);
            return;
        }

        if (await exchange.RedeemAsync(clientCode, browserCode).ConfigureAwait(false) is not var (session, token))
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.NotFound("no session yet for this \"code\"")).ConfigureAwait(false);
            return;
        }

        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("session_token", token);
            writer.WritePropertyName("session");
            WireWriter.WriteSession(writer, session with { Devices = [] }, publicUrl.Of(context.Request), clock.GetUtcNow());
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var flags = options.Value.FeatureFlags;
        if (await sessions.FindAsync(context).ConfigureAwait(false) is not { } proven)
        {
            if (flags.CacheableSessions)
                context.Response.Headers["Ory-Session-Cache-For"] = "60";
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.Unauthorized("No valid session credentials found in the request.")).ConfigureAwait(false);
            return;
        }

        if (!await level.IsMetAsync(proven.Session, context.RequestAborted).ConfigureAwait(false))
        {
            await RefuseLevelAsync(context).ConfigureAwait(false);
            return;
        }

        if (context.Request.Query["tokenize_as"].FirstOrDefault() is { Length: > 0 } template)
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest($"Unable to find tokenizer template \"{template}\".")).ConfigureAwait(false);
            return;
        }

        var now = clock.GetUtcNow();
        context.Response.Headers["X-Kratos-Authenticated-Identity-Id"] = proven.Session.IdentityId.ToString();
        if (flags.CacheableSessions)
        {
            var left = proven.Session.ExpiresAt - now;
            var cached = flags.CacheableSessionsMaxAge is { } most && most < left ? most : left;
            context.Response.Headers["Ory-Session-Cache-For"] = ((long)cached.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        // The session was extended since the browser was told when it ends.
        if (proven.CookieEnd is { } known && proven.Session.ExpiresAt.ToUnixTimeSeconds() > known)
            cookie.Write(context, proven.Token, proven.Session);
        await JsonAnswer.WriteAsync(context, 200, writer => WireWriter.WriteSession(writer, proven.Session, publicUrl.Of(context.Request), now)).ConfigureAwait(false);
    }

    private async Task ListOthersAsync(HttpContext context)
    {
        if (await sessions.FindAsync(context).ConfigureAwait(false) is not { } proven)
        {
            await JsonAnswer.WriteErrorAsync(context, NoSession).ConfigureAwait(false);
            return;
        }

        if (!await level.IsMetAsync(proven.Session, context.RequestAborted).ConfigureAwait(false))
        {
            await RefuseLevelAsync(context).ConfigureAwait(false);
            return;
        }

        var now = clock.GetUtcNow();
        var paging = Paging.Read(context.Request.Query, firstPage: 1);
        var page = await store.ReadAsync(
            (scope, token) => scope.Sessions.ListAsync(proven.Session.IdentityId, now, proven.Session.Id, paging.Offset, paging.Size, token), context.RequestAborted).ConfigureAwait(false);
        paging.WriteHeaders(context, page.Total, firstPage: 1);
        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartArray();
            foreach (var session in page.Items)
                WireWriter.WriteSession(writer, session, publicUrl.Of(context.Request), now);
            writer.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private Task RefuseLevelAsync(HttpContext context) =>
        JsonAnswer.WriteErrorAsync(context, FlowErrors.SessionAal2Required(RequiredLevel.StepUpUrl(publicUrl.Of(context.Request))));

    private async Task EndOthersAsync(HttpContext context)
    {
        if (await sessions.FindAsync(context).ConfigureAwait(false) is not { } proven)
        {
            await JsonAnswer.WriteErrorAsync(context, NoSession).ConfigureAwait(false);
            return;
        }

        var count = await revoker.RevokeAllAsync(proven.Session.IdentityId, proven.Session.Id).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task EndAsync(HttpContext context)
    {
        var text = context.GetRouteValue("id") as string ?? "token-exchange";
        var proven = await sessions.FindAsync(context).ConfigureAwait(false);
        Guid id = default;
        var error = proven is null ? NoSession
            : !Guid.TryParseExact(text, "D", out id) ? new ErrorObject { Code = 400, Message = $"uuid: incorrect UUID length {text.Length} in string \"{text}\"" }
            : id == proven.Session.Id ? new ErrorObject { Code = 400, Message = "cannot revoke current session" }
            : null;
        if (error is not null)
        {
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
            return;
        }

        await revoker.RevokeAsync(id, proven!.Session.IdentityId).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.ContentType = "application/json; charset=utf-8";
    }
}
