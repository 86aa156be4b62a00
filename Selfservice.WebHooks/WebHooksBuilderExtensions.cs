using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Selfservice.Composition;
using Selfservice.WebHooks;
using Selfservice.WebHooks.Delivery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds web hooks.</summary>
public static class WebHooksBuilderExtensions
{
    /// <summary>Adds the hook <c>web_hook</c> for <c>Selfservice:Flows</c>: other systems are told of flows over HTTP.</summary>
    /// <param name="builder">The builder.</param>
    public static SelfserviceBuilder AddWebHooks(this SelfserviceBuilder builder)
    {
        builder.Services.TryAddSingleton<WebHookCaller>();
        builder.Services.TryAddSingleton<WebHookOutbox>();
        builder.Services.TryAddSingleton<IdentityChange>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebHookWorker>());
        return builder.AddConfiguredHook<WebHooks>();
    }
}
