using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Http;
using Selfservice.Identities;
using Selfservice.Storage;
using Selfservice.Wire;

namespace Selfservice.Hosting.Admin;

/// <summary>Codes and links by which administrators let somebody back in. Who has one can become that person, so they are handed over with care.</summary>
internal sealed partial class AdminRecoveryEndpoints(FlowEngine engine, IStore store, ClientContexts clients, ReturnUrls returnUrls, PublicUrl publicUrl, IOptions<SelfserviceOptions> options)
{
    public static Task CodeAsync(HttpContext context) => Self(context).IssueAsync(context, isLink: false);

    public static Task LinkAsync(HttpContext context) => Self(context).IssueAsync(context, isLink: true);

    private static AdminRecoveryEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<AdminRecoveryEndpoints>();

    private async Task IssueAsync(HttpContext context, bool isLink)
    {
        var (order, error) = await ReadAsync(context, isLink).ConfigureAwait(false);
        if (order is null)
        {
            await JsonAnswer.WriteErrorAsync(context, error!).ConfigureAwait(false);
            return;
        }

        var client = await clients.OfAsync(context).ConfigureAwait(false);
        var init = new FlowInit { ClientType = order.ClientType, RequestUrl = publicUrl.OfRequest(context.Request), ReturnTo = order.ReturnTo };
        if (await engine.IssueRecoveryAsync(new(isLink ? "link" : "code"), init, order.Identity, order.Lifespan, client, context.RequestAborted).ConfigureAwait(false) is not var (flow, secret))
        {
            await JsonAnswer.WriteErrorAsync(context, FlowErrors.MethodDisabled).ConfigureAwait(false);
            return;
        }

        await JsonAnswer.WriteAsync(context, isLink ? StatusCodes.Status200OK : StatusCodes.Status201Created, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("recovery_link", isLink
                ? $"{client.PublicUrl}/self-service/recovery?flow={flow.Id}&token={secret}"
                : $"{ReturnUrls.Absolute(options.Value.Flows.Recovery.UiUrl, client.PublicUrl)}?flow={flow.Id}");
            if (!isLink)
                writer.WriteString("recovery_code", secret);
            WireWriter.WriteTime(writer, "expires_at", flow.ExpiresAt);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private sealed record Order(Identity Identity, ClientType ClientType, TimeSpan Lifespan, string? ReturnTo);

    private async Task<(Order? Order, ErrorObject? Error)> ReadAsync(HttpContext context, bool isLink)
    {
        var (body, fault) = await AdminBody.ReadAsync(context).ConfigureAwait(false);
        if (fault is not null)
            return (null, fault);
        var identityId = AdminBody.Text(body, "identity_id");
        var id = Guid.Empty;
        if (identityId is not null && !Guid.TryParseExact(identityId, "D", out id))
            return (null, ErrorObject.BadRequest($"Unable to decode JSON payload: uuid: incorrect UUID length {identityId.Length} in string \"{identityId}\""));
        var (lifespan, lifespanFault) = ReadLifespan(AdminBody.Text(body, "expires_in"), isLink);
        if (lifespanFault is not null)
            return (null, ErrorObject.BadRequest(lifespanFault));
        var type = isLink ? null : AdminBody.Text(body, "flow_type");
        if (type is not (null or "browser" or "api"))
            return (null, ErrorObject.BadRequest($"Value from \"flow_type\" is not valid: \"{type}\""));
        var returnTo = context.Request.Query["return_to"].FirstOrDefault();
        returnUrls.Resolve(returnTo, options.Value.DefaultBrowserReturnUrl, publicUrl.Of(context.Request), out var forbidden);
        if (forbidden is not null)
            return (null, forbidden);
        var identity = await store.ReadAsync((scope, token) => scope.Identities.FindAsync(id, withCredentials: true, token), context.RequestAborted).ConfigureAwait(false);
        if (identity is null)
        {
            return (null, isLink
                ? ErrorObject.BadRequest("The requested identity id does not exist.")
                : ErrorObject.MissingRow with { Reason = "could not find identity" });
        }

        return (new(identity, type == "api" ? ClientType.Api : ClientType.Browser, lifespan, returnTo), null);
    }

    private (TimeSpan Lifespan, string? Fault) ReadLifespan(string? text, bool isLink)
    {
        if (text is null)
            return (options.Value.Flows.Recovery.Lifespan, null);
        if (!SignedDuration.IsMatch(text) || Duration.Parse(text.TrimStart('-', '+')) is not { } lifespan)
            return (default, $"Unable to parse \"expires_in\" whose format should match \"[0-9]+(ns|us|ms|s|m|h)\" but did not: {text}");
        if (text[0] != '-' && lifespan > TimeSpan.Zero)
            return (lifespan, null);
        return (default, isLink ? $"Value from \"expires_in\" must be result to a future time: {text}" : $"Value from \"expires_in\" must result to a future time: {Go(text[0] == '-' ? -lifespan : lifespan)}");
    }

    /// <summary>The duration as the contract prints it: hours, minutes and seconds from the greatest that is not zero.</summary>
    private static string Go(TimeSpan time)
    {
        var (sign, value) = (time < TimeSpan.Zero ? "-" : "", time.Duration());
        var seconds = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Seconds + (value.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerSecond)}s");
        return sign + (value.TotalHours >= 1 ? $"{(int)value.TotalHours}h{value.Minutes}m{seconds}" : value.TotalMinutes >= 1 ? $"{value.Minutes}m{seconds}" : seconds);
    }

    [GeneratedRegex(@"^[-+]?(\d+(\.\d+)?(ns|us|ms|s|m|h))+$", RegexOptions.CultureInvariant)]
    private static partial Regex SignedDuration { get; }
}
