using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Telemetry;
using Selfservice.Wire;

namespace Selfservice.Hosting.Admin;

/// <summary>Sessions in the hands of administrators.</summary>
internal sealed class AdminSessionEndpoints(IStore store, SessionRevoker revoker, SelfserviceEvents events, PublicUrl publicUrl, TimeProvider clock, IOptions<SelfserviceOptions> options)
{
    public static Task GetAsync(HttpContext context) => Self(context).ShowAsync(context);

    public static Task RevokeAsync(HttpContext context) => Self(context).EndAsync(context);

    public static Task ExtendAsync(HttpContext context) => Self(context).MoveEndAsync(context);

    public static Task ListOfIdentityAsync(HttpContext context) => Self(context).ListAsync(context);

    public static Task DeleteOfIdentityAsync(HttpContext context) => Self(context).DeleteAllAsync(context);

    private static AdminSessionEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<AdminSessionEndpoints>();

    private async Task ShowAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        var session = await store.ReadAsync((scope, token) => scope.Sessions.FindAsync(id, token), context.RequestAborted).ConfigureAwait(false);
        var expand = context.Request.Query["expand"].Select(e => e?.ToLowerInvariant()).ToArray();
        if (session is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
        else if (expand.FirstOrDefault(e => e is not ("identity" or "devices")) is { } unknown)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest($"Could not parse expand option: {unknown}")).ConfigureAwait(false);
        else
        {
            var shown = session with { Devices = expand.Contains("devices") ? session.Devices : [] };
            await JsonAnswer.WriteAsync(context, 200, w => WireWriter.WriteSession(w, shown, publicUrl.Of(context.Request), clock.GetUtcNow(), expand.Contains("identity"))).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        if (await revoker.RevokeAsync(id).ConfigureAwait(false))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
    }

    private async Task MoveEndAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        var (now, settings) = (clock.GetUtcNow(), options.Value.Session);
        var (session, isLonger) = await store.WriteAsync(
            async (scope, token) =>
            {
                var found = await scope.Sessions.FindAsync(id, token).ConfigureAwait(false);
                var isDue = found is not null && (settings.EarliestPossibleExtend is not { } earliest || found.ExpiresAt - earliest < now);
                // A session that has ended stays ended: an administrator's late click must not bring a stolen one back.
                return isDue && await scope.Sessions.ExtendAsync(id, now + settings.Lifespan, now, token).ConfigureAwait(false)
                    ? (found! with { ExpiresAt = now + settings.Lifespan }, true) : (found, false);
            },
            context.RequestAborted).ConfigureAwait(false);
        if (isLonger)
            events.SessionExtended(session!);
        if (session is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
        else if (options.Value.FeatureFlags.FasterSessionExtend)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await JsonAnswer.WriteAsync(context, 200, w => WireWriter.WriteSession(w, session with { Devices = [] }, publicUrl.Of(context.Request), now)).ConfigureAwait(false);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        var active = context.Request.Query["active"].FirstOrDefault();
        if (active is not (null or "" or "true" or "false"))
        {
            await JsonAnswer.WriteErrorAsync(context, new() { Code = 400, Message = "could not parse parameter active" }).ConfigureAwait(false);
            return;
        }

        var now = clock.GetUtcNow();
        var paging = Paging.Read(context.Request.Query, firstPage: 0);
        var page = await store.ReadAsync(
            (scope, token) => scope.Sessions.ListAsync(id, active == "true" ? now : null, null, paging.Offset, paging.Size, token), context.RequestAborted).ConfigureAwait(false);
        paging.WriteHeaders(context, page.Total, firstPage: 0);
        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartArray();
            foreach (var session in page.Items.Where(s => active != "false" || !s.IsActive(now)))
                WireWriter.WriteSession(writer, session, publicUrl.Of(context.Request), now);
            writer.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private async Task DeleteAllAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        var count = await store.WriteAsync((scope, token) => scope.Sessions.DeleteAllAsync(id, token), CancellationToken.None).ConfigureAwait(false);
        if (count == 0)
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
            return;
        }

        events.SessionsRevoked(count, id);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
