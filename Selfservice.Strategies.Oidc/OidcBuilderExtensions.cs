using Microsoft.Extensions.DependencyInjection.Extensions;
using Selfservice.Composition;
using Selfservice.Strategies.Oidc;
using Selfservice.Strategies.Oidc.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds social sign-in.</summary>
public static class OidcBuilderExtensions
{
    /// <summary>Adds social sign-in.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Oidc</c> wins over them.</param>
    public static SelfserviceBuilder AddOidc(this SelfserviceBuilder builder, Action<OidcOptions>? configure = null)
    {
        builder.Services.TryAddSingleton<ProviderCatalog>();
        builder.Services.TryAddSingleton<SignIns>();
        builder.Services.TryAddSingleton<ProviderTokenSeal>();
        return builder.AddOptions("Methods:Oidc", configure).AddStrategy<OidcStrategy>();
    }
}
