using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Storage;

namespace Selfservice.Hosting.Health;

/// <summary>Says whether the host lives, whether it can do its work, and which version it is.</summary>
internal static partial class HealthEndpoints
{
    public static Task AliveAsync(HttpContext context) => JsonAnswer.WriteAsync(context, 200, Ok);

    public static async Task ReadyAsync(HttpContext context)
    {
        try
        {
            var store = context.RequestServices.GetRequiredService<IStore>();
            await store.ReadAsync((scope, token) => scope.Errors.FindAsync(Guid.Empty, token), context.RequestAborted).ConfigureAwait(false);
        }
        catch (System.Data.Common.DbException e)
        {
            // The contract's own mark of a database that does not answer: what exactly is wrong stays in the log.
            LogNotReady(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HealthEndpoints)), e);
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.Internal with { Code = 503, Message = "error may contain sensitive information and was obfuscated" }).ConfigureAwait(false);
            return;
        }

        await JsonAnswer.WriteAsync(context, 200, Ok).ConfigureAwait(false);
    }

    /// <summary>Which version runs; for administrators, since a stranger could look up its known faults.</summary>
    public static Task VersionAsync(HttpContext context) => JsonAnswer.WriteAsync(context, 200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("version", typeof(HealthEndpoints).Assembly.GetName().Version!.ToString(3));
        writer.WriteEndObject();
    });

    [LoggerMessage(1, LogLevel.Warning, "The host is not ready: its store cannot be read.", EventName = "NotReady")]
    private static partial void LogNotReady(ILogger logger, Exception exception);

    private static readonly byte[] Ok = """{"status":"ok"}"""u8.ToArray();
}
