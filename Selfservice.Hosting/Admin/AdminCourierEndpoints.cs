using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Wire;
using Selfservice.Storage;

namespace Selfservice.Hosting.Admin;

/// <summary>Messages in the hands of administrators. They see that one was sent and why not, but its text, which opens an account, in Development only.</summary>
internal sealed class AdminCourierEndpoints(IStore store, IOptions<SelfserviceOptions> options, IHostEnvironment environment)
{
    private const int DefaultPageSize = 10;
    private const int MaximumPageSize = 500;
    private const string FirstPage = "first";
    private const string Redacted = "<redacted-unless-dev-mode>";

    private readonly bool _showsContent = environment.IsDevelopment() || options.Value.Dev;

    public static Task ListAsync(HttpContext context) => Self(context).QueryAsync(context);

    public static Task GetAsync(HttpContext context) => Self(context).ShowAsync(context);

    private static AdminCourierEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<AdminCourierEndpoints>();

    private async Task QueryAsync(HttpContext context)
    {
        var query = context.Request.Query;
        CourierMessageStatus? status = null;
        if (query["status"].FirstOrDefault() is { } name && (status = CourierMessageStatuses.Parse(name)) is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest("Message status is not valid")).ConfigureAwait(false);
        else if (PageSize(query["page_size"].FirstOrDefault()) is not { } size)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest("The page size is no number from 0 up")).ConfigureAwait(false);
        else if (!TryReadToken(query["page_token"].FirstOrDefault(), out var after))
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest("The page token is invalid, do not craft your own page tokens")).ConfigureAwait(false);
        else
        {
            var recipient = query["recipient"].FirstOrDefault();
            var found = await store.ReadAsync(
                (scope, token) => scope.Messages.ListAsync(new() { Status = status, Recipient = recipient, After = after, Limit = size + 1 }, token), context.RequestAborted).ConfigureAwait(false);
            var page = found.Take(size).ToList();
            context.Response.Headers.Link = Link("first", FirstPage) + (found.Count > size ? "," + Link("next", Position(page[^1])) : "");
            await JsonAnswer.WriteAsync(context, 200, writer =>
            {
                writer.WriteStartArray();
                foreach (var message in page)
                    Write(writer, message, null);
                writer.WriteEndArray();
            }).ConfigureAwait(false);

            string Link(string relation, string position) => PageLink.To(
                context.Request,
                relation,
                ("page_size", size.ToString(CultureInfo.InvariantCulture)),
                ("page_token", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position))));
        }
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (await RouteId.ReadAsync(context).ConfigureAwait(false) is not { } id)
            return;
        var (message, dispatches) = await store.ReadAsync(
            async (scope, token) => (await scope.Messages.FindAsync(id, token).ConfigureAwait(false), await scope.Messages.ListDispatchesAsync(id, token).ConfigureAwait(false)),
            context.RequestAborted).ConfigureAwait(false);
        if (message is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
        else
            await JsonAnswer.WriteAsync(context, 200, writer => Write(writer, message, dispatches)).ConfigureAwait(false);
    }

    private void Write(Utf8JsonWriter writer, CourierMessage message, IReadOnlyList<MessageDispatch>? dispatches)
    {
        writer.WriteStartObject();
        writer.WriteString("id", message.Id);
        writer.WriteString("status", message.Status.ToWireName());
        writer.WriteString("type", message.Channel.Name);
        writer.WriteString("recipient", message.Recipient);
        writer.WriteString("body", _showsContent ? message.Body : Redacted);
        writer.WriteString("subject", _showsContent ? message.Subject : Redacted);
        writer.WriteString("template_type", message.Template.Name);
        writer.WriteString("channel", message.Channel.Name);
        writer.WriteNumber("send_count", message.SendCount);
        if (dispatches is not null)
        {
            writer.WriteStartArray("dispatches");
            foreach (var dispatch in dispatches)
                Write(writer, dispatch);
            writer.WriteEndArray();
        }

        WireWriter.WriteTime(writer, "created_at", message.CreatedAt);
        WireWriter.WriteTime(writer, "updated_at", message.UpdatedAt);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MessageDispatch dispatch)
    {
        writer.WriteStartObject();
        writer.WriteString("id", dispatch.Id);
        writer.WriteString("message_id", dispatch.MessageId);
        writer.WriteString("status", dispatch.Error is null ? "success" : "failed");
        writer.WritePropertyName("error");
        if (dispatch.Error is { } error)
            JsonAnswer.WriteError(writer, error);
        else
            writer.WriteNullValue();
        WireWriter.WriteTime(writer, "created_at", dispatch.EndedAt);
        WireWriter.WriteTime(writer, "updated_at", dispatch.EndedAt);
        writer.WriteEndObject();
    }

    private static int? PageSize(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultPageSize
        : !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? null
        : size == 0 ? DefaultPageSize : Math.Min(size, MaximumPageSize);


    private static string Position(CourierMessage message) => string.Create(CultureInfo.InvariantCulture, $"{message.CreatedAt.ToUnixTimeMilliseconds()}.{message.Id:D}");

    private static bool TryReadToken(string? token, out (DateTimeOffset CreatedAt, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(token))
            return true;
        if (!Base64Url.IsValid(token))
            return false;
        var position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('.');
        if (position is [FirstPage])
            return true;
        if (position is not [var time, var text] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() || !Guid.TryParseExact(text, "D", out var id))
            return false;
        after = (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id);
        return true;
    }
}
