using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Configuration;
using Selfservice.Hooks;
using Selfservice.WebHooks.Delivery;

namespace Selfservice.WebHooks;

/// <summary>The configured hook <c>web_hook</c>: makes a hook of each entry.</summary>
internal sealed class WebHooks(
    WebHookCaller caller,
    WebHookOutbox outbox,
    IdentityChange change,
    OutboundHttp http,
    IOptions<SelfserviceOptions> options,
    TimeProvider time,
    ILogger<WebHook> logger) : IConfiguredHook
{
    public string Name => "web_hook";

    public IHook For(JsonObject? config)
    {
        var target = WebHookTarget.Read(config);
        var body = target.HasBody ? new BodyProgram(target.Body!, http, time) : null;
        if (target.Ignores)
            outbox.Add(target);
        return new WebHook(target, body, caller, outbox, change, options, time, logger);
    }
}
