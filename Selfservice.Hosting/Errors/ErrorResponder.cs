using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Http;
using Selfservice.Storage;

namespace Selfservice.Hosting.Errors;

/// <summary>Answers errors: as JSON, or for a browser by a page that shows the stored error.</summary>
internal sealed class ErrorResponder(IStore store, IOptions<SelfserviceOptions> options, PublicUrl publicUrl, TimeProvider clock)
{
    public async Task RespondAsync(HttpContext context, ErrorObject error)
    {
        if (Negotiation.IsJson(context.Request) || Negotiation.AcceptsJson(context.Request))
        {
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            JsonAnswer.WriteError(writer, error);
        var now = clock.GetUtcNow();
        var record = new ErrorRecord(Guid.CreateVersion7(now), buffer.WrittenMemory, now);
        await store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Errors.InsertAsync(record, token).ConfigureAwait(false);
                return true;
            },
            context.RequestAborted).ConfigureAwait(false);
        Redirects.SeeOther(context, $"{ReturnUrls.Absolute(options.Value.Flows.Error.UiUrl, publicUrl.Of(context.Request))}?id={record.Id}");
    }
}
