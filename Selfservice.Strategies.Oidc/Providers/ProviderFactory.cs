using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Schemas;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>Makes the configured providers.</summary>
internal sealed class ProviderFactory(
    IOptions<OidcOptions> options, IEnumerable<ProviderKind> kinds, IdentitySchemas schemas, OutboundHttp http, TimeProvider time, ILogger<Provider> logger, IClaimsPrograms? programs = null)
{
    /// <summary>All of them; none while the method is off, as its settings are not checked then.</summary>
    public ProviderCatalog Make()
    {
        if (!options.Value.Enabled)
            return new([]);
        var config = options.Value.Config;
        var services = new ProviderServices(config, new(http.Client, time, config.Timeout), time, logger);
        return new(config.Providers.Select(p => Make(services, kinds.First(k => k.Name == p.Provider), p, Mapper(p))));
    }

    /// <summary>One.</summary>
    public static Provider Make(ProviderServices services, ProviderKind kind, ProviderOptions options, IClaimsMapper mapper) =>
        kind.Make?.Invoke(services, options, mapper) ?? new OAuthProvider(kind, services, options, mapper);

    private IClaimsMapper Mapper(ProviderOptions provider) =>
        provider.Mapping is { } map ? new DelegateMapper(map)
        : provider.Map.Count > 0 ? new RuleMapper(provider.Map)
        : provider.MapperUrl.Length > 0 ? programs!.Load(provider.MapperUrl)
        : new VerifiedEmailMapper(schemas);
}
