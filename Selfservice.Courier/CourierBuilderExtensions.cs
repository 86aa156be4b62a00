using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Courier;
using Selfservice.Courier.Delivery;
using Selfservice.Courier.Templates;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds mail and text messages.</summary>
public static class CourierBuilderExtensions
{
    /// <summary>Adds the courier: messages are written in the flows' transactions and sent in the background, by SMTP, HTTP or channels of the host's own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Courier</c> wins over them.</param>
    public static SelfserviceBuilder AddCourier(this SelfserviceBuilder builder, Action<CourierOptions>? configure = null)
    {
        var services = builder.Services;
        services.AddMetrics();
        services.TryAddSingleton<ICourier, OutboxCourier>();
        services.TryAddSingleton<MessageSeal>();
        services.TryAddSingleton<CourierSignal>();
        services.TryAddSingleton<CourierMetrics>();
        services.TryAddSingleton<ConfiguredTexts>();
        services.TryAddSingleton<MessageRenderer>();
        services.TryAddSingleton<ConfiguredChannels>();
        services.TryAddSingleton<CourierChannels>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CourierOptions>, CourierOptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CourierWorker>());
        return builder.AddOptions("Courier", configure);
    }

    /// <summary>
    /// Sends the messages of a channel by the host's own means, in place of what configuration says. The channel is made once for the host and sends several messages at once: for scoped services it takes
    /// <see cref="IServiceScopeFactory"/> and opens a scope each time.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static SelfserviceBuilder UseCourierChannel<TChannel>(this SelfserviceBuilder builder)
        where TChannel : class, ICourierChannel
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ICourierChannel, TChannel>());
        return builder;
    }

    /// <summary>Makes a kind of message with the host's own component, in place of the built-in one. The component may ask for services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="template">What the messages are about.</param>
    /// <param name="culture">For which language, such as <c>de</c> or <c>de-AT</c>; null for all that have none of their own.</param>
    /// <param name="channel">For which channel; null for e-mail.</param>
    public static SelfserviceBuilder UseCourierTemplate<TComponent>(this SelfserviceBuilder builder, CourierTemplate template, string? culture = null, MessageChannel? channel = null)
        where TComponent : MessageTemplate
    {
        builder.Services.AddSingleton(new TemplateRegistration(template, channel ?? MessageChannel.Email, culture, typeof(TComponent)));
        return builder;
    }
}
