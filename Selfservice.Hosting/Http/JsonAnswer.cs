using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selfservice.Errors;

namespace Selfservice.Hosting.Http;

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    private const int LargestKept = 64 * 1024;

    // An answer is copied out before its thread makes another.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _reused;

    /// <summary>Answers what the callback writes.</summary>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) => WriteAsync(context, status, Compose(write));

    private static ReadOnlyMemory<byte> Compose(Action<Utf8JsonWriter> write)
    {
        if (_reused is not { } reused)
        {
            var made = new ArrayBufferWriter<byte>(2048);
            _reused = reused = (made, new Utf8JsonWriter(made));
        }

        var (buffer, writer) = reused;
        buffer.ResetWrittenCount();
        writer.Reset();
        write(writer);
        writer.Flush();
        // A long answer would keep its memory for as long as the thread lives.
        if (buffer.Capacity > LargestKept)
            _reused = null;
        return buffer.WrittenMemory;
    }

    /// <summary>Answers a document that is JSON already.</summary>
    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> document)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = document.Length + 1;
        await SendAsync(context, document).ConfigureAwait(false);
    }

    /// <summary>The document and a line's end, in one write.</summary>
    private static async ValueTask SendAsync(HttpContext context, ReadOnlyMemory<byte> document)
    {
        context.Response.BodyWriter.Write(document.Span);
        context.Response.BodyWriter.Write("\n"u8);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Answers an error.</summary>
    public static async Task WriteErrorAsync(HttpContext context, ErrorObject error)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("error");
            WriteError(writer, error, error.Siblings is null ? context.Request.Headers["X-Request-ID"].ToString() : "");
            foreach (var (name, value) in error.Siblings ?? [])
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, value, WireJsonContext.Default.JsonNode);
            }

            writer.WriteEndObject();
        }

        context.Response.StatusCode = error.Code;
        context.Response.ContentType = "application/json";
        context.Response.Headers["Ory-Error-Id"] = error.Id ?? "";
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendAsync(context, buffer.WrittenMemory).ConfigureAwait(false);
    }

    public static void WriteError(Utf8JsonWriter writer, ErrorObject error, string requestId = "")
    {
        writer.WriteStartObject();
        if (error.Id is not null)
            writer.WriteString("id", error.Id);
        writer.WriteNumber("code", error.Code);
        writer.WriteString("status", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(error.Code));
        if (requestId.Length > 0)
            writer.WriteString("request", requestId);
        if (error.Reason is not null)
            writer.WriteString("reason", error.Reason);
        if (error.Details is not null)
        {
            writer.WritePropertyName("details");
            error.Details.WriteTo(writer);
        }

        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
internal sealed partial class WireJsonContext : System.Text.Json.Serialization.JsonSerializerContext;
