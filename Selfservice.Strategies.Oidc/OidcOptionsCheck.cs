using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc;

/// <summary>Stops a host whose providers could not work, with the sentences that say how to mend them. While the method is off, nothing is asked of them.</summary>
internal sealed class OidcOptionsCheck(IEnumerable<ProviderKind> kinds, IHostEnvironment? environment = null, IClaimsPrograms? programs = null) : IValidateOptions<OidcOptions>
{
    private const string Section = "Selfservice:Methods:Oidc:Config";

    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        string[] faults = options.Enabled ? [.. Faults(options.Config)] : [];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(OidcConfigOptions config)
    {
        if (config.ClockSkew < TimeSpan.Zero || config.ClockSkew > TimeSpan.FromMinutes(10))
            yield return $"{Section}:ClockSkew must be 0s to 10m.";
        if (config.Timeout < TimeSpan.FromSeconds(1) || config.Timeout > TimeSpan.FromSeconds(60))
            yield return $"{Section}:Timeout must be 1s to 60s.";
        if (config.BaseRedirectUri.Length > 0 && !(Uri.TryCreate(config.BaseRedirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return $"{Section}:BaseRedirectUri is \"{config.BaseRedirectUri}\"; write an address that begins with https://, or leave it out for the public URL.";
        foreach (var same in config.Providers.GroupBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return $"{Section}:Providers has two providers with the Id \"{same.Key}\"; give each its own.";
        var rules = new ProviderRules(environment?.IsDevelopment() == true, programs);
        for (var i = 0; i < config.Providers.Count; i++)
        {
            var provider = config.Providers[i];
            var kind = kinds.FirstOrDefault(k => k.Name == provider.Provider);
            var found = kind is null
                ? [$"has the Provider \"{provider.Provider}\", which is no kind; use generic with an IssuerUrl, or one of: {string.Join(", ", kinds.Select(k => k.Name))}"]
                : rules.Faults(provider, kind);
            foreach (var fault in found)
                yield return $"{Section}:Providers:{i} (\"{provider.Id}\") {fault}.";
        }
    }
}
