using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Hooks;
using Selfservice.Strategies;

namespace Selfservice.Composition;

/// <summary>Puts a host's self-service together: methods, a store, hooks. What is added twice is there once.</summary>
/// <param name="services">The host's services.</param>
public sealed class SelfserviceBuilder(IServiceCollection services)
{
    /// <summary>The section of the configuration that everything is bound from.</summary>
    public const string SectionName = "Selfservice";

    /// <summary>The host's services.</summary>
    public IServiceCollection Services => services;

    /// <summary>Adds a method.</summary>
    public SelfserviceBuilder AddStrategy<TStrategy>()
        where TStrategy : class, IStrategy
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStrategy, TStrategy>());
        return this;
    }

    /// <summary>
    /// Adds a hook that always runs, around everything that it implements <see cref="IFlowHook{TDraft}"/> for. It is made once for the host and runs for many requests at once: for scoped services, such as
    /// a database context, it takes <see cref="IServiceScopeFactory"/> and opens a scope each time.
    /// </summary>
    public SelfserviceBuilder AddHook<THook>()
        where THook : class, IHook
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHook, THook>());
        return this;
    }

    /// <summary>
    /// Adds a hook that configuration switches on by name. It is made once for the host, whether or not configuration names it: for scoped services, such as a database context, it takes
    /// <see cref="IServiceScopeFactory"/> and opens a scope each time.
    /// </summary>
    public SelfserviceBuilder AddConfiguredHook<THook>()
        where THook : class, IConfiguredHook
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfiguredHook, THook>());
        return this;
    }

    /// <summary>Binds a part of the configuration: first what code sets, then what configuration says, which wins. Keys below it that the class does not have stop the host.</summary>
    /// <param name="path">The path below <see cref="SectionName"/>, for example <c>Methods:Password</c>.</param>
    /// <param name="configure">What code sets; null for nothing.</param>
    public SelfserviceBuilder AddOptions<TOptions>(string path, Action<TOptions>? configure = null)
        where TOptions : class
    {
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(s => s.ImplementationInstance is OptionsSection known && known.OptionsType == typeof(TOptions)))
            return this;
        var section = new OptionsSection(path, typeof(TOptions));
        services.AddSingleton(section);
        services.AddSingleton<IPostConfigureOptions<TOptions>>(provider => new ConfigurationBinding<TOptions>(section, provider.GetService<IConfiguration>()));
        services.AddOptions<TOptions>().ValidateOnStart();
        return this;
    }

    private sealed class ConfigurationBinding<TOptions>(OptionsSection section, IConfiguration? configuration) : IPostConfigureOptions<TOptions>
        where TOptions : class
    {
        public void PostConfigure(string? name, TOptions options)
        {
            if (configuration is null)
                return;
            var faults = new List<string>();
            section.Bind(configuration.GetSection(SectionName), options, faults);
            if (faults.Count > 0)
                throw new OptionsValidationException(name ?? "", typeof(TOptions), faults);
        }
    }
}
