using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Strategies.Link;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the link method.</summary>
public static class LinkBuilderExtensions
{
    /// <summary>Adds recovery and verification by links. It needs a courier.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Link</c> wins over them.</param>
    public static SelfserviceBuilder AddLink(this SelfserviceBuilder builder, Action<LinkOptions>? configure = null)
    {
        var services = builder.Services;
        services.TryAddSingleton<OneTimeLinks>();
        services.TryAddSingleton<LinkRecovery>();
        services.TryAddSingleton<LinkVerification>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LinkOptions>, LinkOptionsCheck>());
        return builder.AddOptions("Methods:Link", configure).AddStrategy<LinkStrategy>();
    }
}
