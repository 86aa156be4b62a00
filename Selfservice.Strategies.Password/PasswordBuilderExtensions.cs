using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Strategies.Password;
using Selfservice.Strategies.Password.Hashing;
using Selfservice.Strategies.Password.Policy;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the password method.</summary>
public static class PasswordBuilderExtensions
{
    /// <summary>Adds the password method.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice:Methods:Password</c> wins over them.</param>
    public static SelfserviceBuilder AddPassword(this SelfserviceBuilder builder, Action<PasswordOptions>? configure = null)
    {
        var services = builder.Services;
        // The client factory logs each address, which here ends in a part of the hash.
        services.AddHttpClient(PwnedPasswords.HttpClientName).RemoveAllLoggers();
        services.AddMetrics();
        services.TryAddSingleton<IPasswordHasher>(p => new Argon2idPasswordHasher(
            Hashing(Config(p)), p.GetServices<IPasswordHashFormat>(), p.GetRequiredService<TimeProvider>(), p.GetService<ILogger<Argon2idPasswordHasher>>()));
        services.TryAddSingleton<IBreachedPasswords>(p => new PwnedPasswords(
            new() { Host = Config(p).HaveibeenpwnedHost, Timeout = Config(p).HaveibeenpwnedTimeout },
            p.GetRequiredService<IHttpClientFactory>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<IMeterFactory>(), p.GetRequiredService<ILogger<PwnedPasswords>>()));
        services.TryAddSingleton(p => new PasswordPolicy(Policy(Config(p)), p.GetRequiredService<IBreachedPasswords>()));
        services.TryAddSingleton<FailedLogins>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PasswordOptions>, PasswordOptionsCheck>());
        return builder.AddOptions("Methods:Password", configure).AddStrategy<PasswordStrategy>();
    }

    private static PasswordConfigOptions Config(IServiceProvider provider) => provider.GetRequiredService<IOptions<PasswordOptions>>().Value.Config;

    private static PasswordHashingOptions Hashing(PasswordConfigOptions config)
    {
        var hashing = new PasswordHashingOptions();
        if (config.MaximumConcurrentHashes > 0)
            hashing.MaximumConcurrentHashes = config.MaximumConcurrentHashes;
        return hashing;
    }

    private static PasswordPolicyOptions Policy(PasswordConfigOptions config) => new()
    {
        MinimumLength = config.MinPasswordLength,
        LengthUnit = config.CountLengthInBytes ? PasswordLengthUnit.Utf8Bytes : PasswordLengthUnit.CodePoints,
        CheckIdentifierSimilarity = config.IdentifierSimilarityCheckEnabled,
        RefuseCommonPasswords = config.CommonPasswordCheckEnabled,
        RefuseRepeatedCharacter = config.CommonPasswordCheckEnabled,
        ContextWords = config.ContextWords,
        CheckBreaches = config.HaveibeenpwnedEnabled,
        MaximumBreaches = config.MaxBreaches,
        IgnoreBreachCheckOutages = config.IgnoreNetworkErrors,
    };
}
