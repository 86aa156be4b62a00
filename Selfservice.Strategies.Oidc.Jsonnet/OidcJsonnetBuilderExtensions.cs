using Microsoft.Extensions.DependencyInjection.Extensions;
using Selfservice.Composition;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Jsonnet;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds mapping programs in Jsonnet.</summary>
public static class OidcJsonnetBuilderExtensions
{
    /// <summary>Lets <c>MapperUrl</c> of a provider name a Jsonnet program.</summary>
    /// <param name="builder">The builder.</param>
    public static SelfserviceBuilder AddOidcJsonnet(this SelfserviceBuilder builder)
    {
        builder.Services.TryAddSingleton<IClaimsPrograms, JsonnetClaimsPrograms>();
        return builder;
    }
}
