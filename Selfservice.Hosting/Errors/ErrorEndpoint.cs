using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Storage;
using Selfservice.Wire;

namespace Selfservice.Hosting.Errors;

/// <summary>Shows an error that a browser was sent to.</summary>
internal static class ErrorEndpoint
{
    public static async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var text = query["error"].FirstOrDefault() is { Length: > 0 } older ? older : query["id"].FirstOrDefault();
        if (text == "stub:500")
        {
            await JsonAnswer.WriteAsync(context, 200, writer => WriteStub(writer)).ConfigureAwait(false);
            return;
        }

        var store = context.RequestServices.GetRequiredService<IStore>();
        var record = Guid.TryParseExact(text, "D", out var id)
            ? await store.ReadAsync((scope, token) => scope.Errors.FindAsync(id, token), context.RequestAborted).ConfigureAwait(false)
            : null;
        if (record is null)
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
            return;
        }

        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", record.Id);
            writer.WritePropertyName("error");
            writer.WriteRawValue(record.Document.Span);
            WireWriter.WriteTime(writer, "created_at", record.CreatedAt);
            WireWriter.WriteTime(writer, "updated_at", record.CreatedAt);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>An error for people who build a page: the contract has it under a fixed name.</summary>
    private static void WriteStub(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Guid.Empty);
        writer.WritePropertyName("error");
        JsonAnswer.WriteError(writer, ErrorObject.Internal with { Reason = "This is a stub error." });
        writer.WriteString("created_at", "0001-01-01T00:00:00Z");
        writer.WriteString("updated_at", "0001-01-01T00:00:00Z");
        writer.WriteEndObject();
    }
}
