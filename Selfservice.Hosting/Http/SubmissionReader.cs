using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Selfservice.Flows;
using Selfservice.Submissions;

namespace Selfservice.Hosting.Http;

/// <summary>Reads the body of a submission. What cannot be read becomes a reason, never an exception.</summary>
internal static partial class SubmissionReader
{
    /// <summary>The largest body that is read: 5 MB, as in the contract.</summary>
    public const int MaximumBodyBytes = 5 * 1024 * 1024;

    private const int MaximumFields = 1024;
    private const int MaximumDepth = 64;

    public static readonly object TokenSeenKey = new();

    public static async Task<SubmissionContent> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Method is not ("POST" or "PUT" or "PATCH"))
            return Fault($"Unable to decode body because HTTP Request Method was \"{request.Method}\" but only [POST PUT PATCH] are supported.");
        if (request.ContentLength == 0)
            return Fault("Unable to decode HTTP Request Body because its HTTP Header \"Content-Length\" is zero.");
        var content = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/json" => await ReadBodyAsync(request, context.RequestAborted).ConfigureAwait(false) is { } json ? FromJson(json) : TooLarge,
            "application/x-www-form-urlencoded" => await ReadBodyAsync(request, context.RequestAborted).ConfigureAwait(false) is { } form ? FromForm(form) : TooLarge,
            "multipart/form-data" => await FromMultipartAsync(request, context.RequestAborted).ConfigureAwait(false),
            _ => Fault($"HTTP {request.Method} Request used unknown HTTP Header \"Content-Type: {request.ContentType}\", only [multipart/form-data application/x-www-form-urlencoded application/json] are supported."),
        };
        if (content.Submission?.Text("csrf_token") is not null)
            context.Items[TokenSeenKey] = true;
        return content;
    }

    private static SubmissionContent TooLarge { get; } = Fault("Unable to decode the HTTP request body: it is larger than 5 MB.");

    /// <summary>The whole body; null when it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumBodyBytes)
            return null;
        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var memory = buffer.GetMemory(1024);
            var read = await request.Body.ReadAsync(memory, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > MaximumBodyBytes)
                return null;
        }
    }

    private static SubmissionContent FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            // What follows the value is ignored.
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaximumDepth, AllowMultipleValues = true });
            if (!reader.Read())
                return Fault("Unable to decode form as JSON.");
            var end = Length(body.Span);
            using var document = JsonDocument.Parse(body[..end], new() { MaxDepth = MaximumDepth});
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(Submission.FromJson(document.RootElement), null)
                : Fault($"Expected JSON sent in request body to be an object but got: {Kind(document.RootElement.ValueKind)}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no Unicode text, such as half of a surrogate pair.
            return Fault("Unable to decode form as JSON.");
        }
    }

    private static int Length(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaximumDepth, AllowMultipleValues = true });
        reader.Read();
        reader.Skip();
        return (int)reader.BytesConsumed;
    }

    private static string Kind(JsonValueKind kind) => kind == JsonValueKind.Array ? "JSON" : kind.ToString();

    private static SubmissionContent FromForm(ReadOnlyMemory<byte> body)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.Span);
            if (BadEscape.Match(text) is { Success: true } bad)
                return Fault($"Unable to decode HTTP POST form body: invalid URL escape \"{bad.Value}\"");
            using var reader = new FormReader(text) { ValueCountLimit = MaximumFields };
            var fields = reader.ReadForm();
            var pairs = fields.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToArray();
            return pairs.Any(p => p.Key.Contains('\ufffd', StringComparison.Ordinal) || p.Value.Contains('\ufffd', StringComparison.Ordinal))
                ? Fault("Unable to decode HTTP POST form body: a field is no UTF-8 text")
                : new(Submission.FromForm(pairs), null);
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException)
        {
            return Fault("Unable to decode HTTP POST form body: it has too many fields, or is no UTF-8 text");
        }
    }

    private static async Task<SubmissionContent> FromMultipartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(new FormOptionsOfSubmission(), cancellationToken).ConfigureAwait(false);
            return new(Submission.FromForm(form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))), null);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            return Fault("Unable to decode HTTP POST form body: the multipart form is malformed or too large");
        }
    }

    private static SubmissionContent Fault(string reason) => new(null, reason);

    private sealed class FormOptionsOfSubmission : Microsoft.AspNetCore.Http.Features.FormOptions
    {
        public FormOptionsOfSubmission()
        {
            ValueCountLimit = MaximumFields;
            MultipartBodyLengthLimit = MaximumBodyBytes;
            BufferBodyLengthLimit = MaximumBodyBytes;
        }
    }

    [GeneratedRegex("%(?![0-9A-Fa-f]{2}).{0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape { get; }
}
