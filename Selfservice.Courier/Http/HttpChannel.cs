using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Clients;
using Selfservice.Errors;
using Selfservice.Jsonnet;

namespace Selfservice.Courier.Http;

/// <summary>Sends messages by a request to an HTTP API, whose body a Jsonnet program makes.</summary>
internal sealed class HttpChannel(MessageChannel channel, RequestOptions options, JsonnetAdapter body, OutboundHttp http, TimeProvider time) : ICourierChannel
{
    public const string FormContentType = "application/x-www-form-urlencoded";
    public const string JsonContentType = "application/json";

    /// <summary>The body where none is configured: all that is known, null where it is not.</summary>
    public const string DefaultBody = """
        function(ctx) {
          recipient: ctx.recipient,
          template_type: ctx.template_type,
          to: std.get(ctx.template_data, 'to'),
          recovery_code: std.get(ctx.template_data, 'recovery_code'),
          recovery_url: std.get(ctx.template_data, 'recovery_url'),
          verification_url: std.get(ctx.template_data, 'verification_url'),
          verification_code: std.get(ctx.template_data, 'verification_code'),
          subject: ctx.subject,
          body: ctx.body,
        }
        """;

    private const string IdempotencyKey = "Idempotency-Key";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    public MessageChannel Channel => channel;

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var made = body.Evaluate(Inputs(message), either.Token);
            if (!made.Succeeded)
                return Failed($"The program of the body failed: {made.Error!.Message}");
            using var request = Request(message, made.ToJson());
            using var answer = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? new SendResult.Sent() : Failed($"The answer has status {(int)answer.StatusCode}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed($"There was no answer within {TimeLimit.TotalSeconds} seconds.");
        }
        catch (HttpRequestException e)
        {
            return Failed(e.Message);
        }
        catch (FormatException e)
        {
            return Failed(e.Message);
        }
    }

    private static JsonnetInputs Inputs(OutgoingMessage outgoing)
    {
        var message = outgoing.Message;
        var context = new JsonObject
        {
            ["recipient"] = message.Recipient,
            ["subject"] = message.Subject,
            ["body"] = message.Body,
            ["template_type"] = message.Template.Name,
            ["template_data"] = JsonSerializer.SerializeToNode(message.TemplateData),
            ["message_type"] = message.Channel.Name,
            ["request_headers"] = message.RequestHeaders is { } headers ? JsonSerializer.SerializeToNode(headers) : new JsonObject(),
        };
        if (outgoing.HtmlBody is { } html)
            context["html_body"] = html;
        var inputs = new JsonnetInputs { Output = JsonnetOutput.Compact };
        inputs.TopLevel["ctx"] = JsonnetInput.Json(JsonSerializer.SerializeToElement(context));
        return inputs;
    }

    private HttpRequestMessage Request(OutgoingMessage message, JsonElement made)
    {
        var request = new HttpRequestMessage(new HttpMethod(options.Method), options.Url) { Content = Content(made) };
        // The same in every attempt, so that a receiver can drop a repeat.
        request.Headers.Add(IdempotencyKey, message.Message.Id.ToString("D", CultureInfo.InvariantCulture));
        foreach (var (name, value) in options.Headers.Where(h => !h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var auth = options.Auth.Config;
        if (options.Auth.Type == "basic_auth")
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.User}:{auth.Password}")));
        else if (options.Auth.Type == "api_key")
            request.Headers.TryAddWithoutValidation(auth.In == "cookie" ? "Cookie" : auth.Name, auth.In == "cookie" ? $"{auth.Name}={auth.Value}" : auth.Value);
        return request;
    }

    private HttpContent Content(JsonElement made)
    {
        var type = options.Headers.GetValueOrDefault("Content-Type", JsonContentType);
        if (MediaTypeHeaderValue.Parse(type).MediaType != FormContentType)
            return new StringContent(made.GetRawText()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (made.ValueKind != JsonValueKind.Object || made.EnumerateObject().Any(m => m.Value.ValueKind != JsonValueKind.String))
            throw new FormatException("The program of the body must make an object of texts for a form.");
        return new FormUrlEncodedContent(made.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.GetString()!)));
    }

    private SendResult.Failed Failed(string reason) =>
        new(new ErrorObject { Code = 500, Message = $"{options.Method} {options.Url} giving up after 1 attempt(s): {reason}" });
}
