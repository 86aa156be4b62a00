using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Hosting.Flows;
using Selfservice.Hooks;
using Selfservice.Ui;
using Selfservice.Ui.Account;
using Selfservice.Ui.Mail;
using Selfservice.Ui.Pages;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the pages.</summary>
public static class SelfserviceUiServiceCollectionExtensions
{
    /// <summary>
    /// Adds what the pages need. Calling it twice is safe; <see cref="IFlowPages"/>, <see cref="IMessageTexts"/> and <see cref="PageTexts"/> registered by the host win.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddSelfserviceUi(this IServiceCollection services, Action<SelfserviceUiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHttpContextAccessor();
        services.AddOptions<SelfserviceUiOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SelfserviceUiOptions>, SelfserviceUiOptionsCheck>());
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton<IFlowPages, HostedFlowPages>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHook, SettingsSection>());
        // A page of the host's own stays; the plain one gives way, whichever was added first.
        if (services.FirstOrDefault(s => s.ServiceType == typeof(IMailedLinkPage) && s.ImplementationType == typeof(PlainMailedLinkPage)) is { } plain)
            services.Remove(plain);
        services.TryAddSingleton<IMailedLinkPage, MailedLinkPage>();
        services.TryAddSingleton<IMessageTexts, DefaultMessageTexts>();
        services.TryAddScoped(provider => provider.GetRequiredService<IOptions<SelfserviceUiOptions>>().Value.Texts);
        services.TryAddScoped<PageState>();
        return services;
    }
}
