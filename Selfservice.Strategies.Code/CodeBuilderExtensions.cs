using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Strategies.Code;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the code method.</summary>
public static class CodeBuilderExtensions
{
    /// <summary>Adds recovery and verification by codes. It needs a courier.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Code</c> wins over them.</param>
    public static SelfserviceBuilder AddCode(this SelfserviceBuilder builder, Action<CodeOptions>? configure = null)
    {
        var services = builder.Services;
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<CodeRecovery>();
        services.TryAddSingleton<CodeRecoveryByChoice>();
        services.TryAddSingleton<CodeVerification>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CodeOptions>, CodeOptionsCheck>());
        return builder.AddOptions("Methods:Code", configure).AddStrategy<CodeStrategy>();
    }
}
