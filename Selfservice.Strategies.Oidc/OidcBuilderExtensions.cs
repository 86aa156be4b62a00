using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Strategies.Oidc;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Strategies.Oidc.Providers.Kinds;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds social sign-in.</summary>
public static class OidcBuilderExtensions
{
    /// <summary>Adds social sign-in.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Oidc</c> wins over them.</param>
    public static SelfserviceBuilder AddOidc(this SelfserviceBuilder builder, Action<OidcOptions>? configure = null)
    {
        var services = builder.Services;
        // A kind of the host's own stays, whether it was added before or after.
        foreach (var kind in BuiltInKinds.All.Where(kind => !services.Any(s => s.ImplementationInstance is ProviderKind known && known.Name == kind.Name)))
            services.AddSingleton(kind);
        services.TryAddSingleton<ProviderFactory>();
        services.TryAddSingleton(p => p.GetRequiredService<ProviderFactory>().Make());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OidcOptions>, OidcOptionsCheck>());
        services.TryAddSingleton<SignIns>();
        services.TryAddSingleton<ProviderTokenSeal>();
        return builder.AddOptions("Methods:Oidc", configure).AddStrategy<OidcStrategy>();
    }

    /// <summary>Adds a kind of providers, in place of one with the same name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="kind">What is special about it.</param>
    public static SelfserviceBuilder AddOidcProviderKind(this SelfserviceBuilder builder, ProviderKind kind)
    {
        var services = builder.Services;
        if (services.FirstOrDefault(s => s.ImplementationInstance is ProviderKind known && known.Name == kind.Name) is { } same)
            services.Remove(same);
        services.AddSingleton(kind);
        return builder;
    }
}
