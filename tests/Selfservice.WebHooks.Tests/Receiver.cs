using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Selfservice.WebHooks.Tests;

/// <summary>A call that came in.</summary>
internal sealed record Received(string Path, string Method, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>What a call is answered; status 0 cuts the connection instead, null never answers.</summary>
internal sealed record Reply(int? Status, string Body = "", params (string Name, string Value)[] Headers);

/// <summary>A real server that web hooks call. It can be killed and come back at the same address.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private WebApplication? _app;

    public ConcurrentQueue<Received> Calls { get; } = [];

    public Func<Received, Reply> Answer { get; set; } = _ => new(200, "{}");

    public string Url { get; private set; } = "http://127.0.0.1:0";

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.RestartAsync();
        return receiver;
    }

    public async Task RestartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Url = _app.Urls.First();
    }

    public async Task KillAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    public ValueTask DisposeAsync() => new(KillAsync());

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var call = new Received(
            context.Request.Path.Value!,
            context.Request.Method,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        var reply = Answer(call);
        Calls.Enqueue(call);
        if (reply.Status is not { } status)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (status == 0)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in reply.Headers)
                context.Response.Headers[name] = value;
            await context.Response.WriteAsync(reply.Body);
        }
    }
}
