using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Selfservice.Strategies.Password.Tests.Policy;

/// <summary>A real server that speaks the range protocol as the test tells it to.</summary>
internal sealed class RangeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RangeServer(WebApplication app) => _app = app;

    /// <summary>Answers a request; the default is 200 with an empty body.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Path and padding header of every request.</summary>
    public List<(string Path, string? Padding, string Agent)> Requests { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<RangeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new RangeServer(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    public void AnswerText(string text) => Answer = context => context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        Requests.Add((context.Request.Path, context.Request.Headers["Add-Padding"], context.Request.Headers.UserAgent.ToString()));
        return Answer(context);
    }
}
