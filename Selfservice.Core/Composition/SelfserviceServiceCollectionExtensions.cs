using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Selfservice.Administration;
using Selfservice.Cleanup;
using Selfservice.Clients;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Profile;
using Selfservice.Recovery;
using Selfservice.Registration;
using Selfservice.Schemas;
using Selfservice.Secrets;
using Selfservice.Sessions;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Telemetry;
using Selfservice.Verification;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the core of self-service to a host that brings its own endpoints. Web hosts call <c>AddSelfservice</c> of the package Selfservice, or <c>AddSelfserviceHosting</c> of the hosting package.</summary>
public static class SelfserviceServiceCollectionExtensions
{
    /// <summary>Adds flows, identities and sessions. A store and at least one method are added to what is returned.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings made in code; configuration wins over them.</param>
    public static SelfserviceBuilder AddSelfserviceCore(this IServiceCollection services, Action<SelfserviceOptions>? configure = null)
    {
        var builder = new SelfserviceBuilder(services).AddOptions("", configure).AddOptions<ProfileOptions>("Methods:Profile").AddOptions<CleanupOptions>("Cleanup");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SelfserviceOptions>, SelfserviceOptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CleanupOptions>, CleanupOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdentitySchemas>();
        services.TryAddSingleton<IdentityFactory>();
        services.TryAddSingleton<SessionFactory>();
        services.TryAddSingleton<SessionReader>();
        services.TryAddSingleton(p => new SessionRevoker(p.GetRequiredService<IStore>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<SelfserviceEvents>()));
        services.TryAddSingleton<SelfserviceEvents>();
        services.TryAddSingleton<ReturnUrls>();
        services.TryAddSingleton<OneTimeSecretKeys>();
        services.TryAddSingleton<SecretSealer>();
        services.TryAddSingleton<SessionExchangeCodes>();
        services.TryAddSingleton<OutboundHttp>();
        services.TryAddSingleton(p => new IdentityAdministration(
            p.GetRequiredService<IStore>(),
            p.GetRequiredService<IdentitySchemas>(),
            p.GetRequiredService<IdentityFactory>(),
            p.GetServices<IStrategy>(),
            p.GetRequiredService<FirstFactors>(),
            p.GetRequiredService<SelfserviceEvents>(),
            p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<FlowServices>();
        services.TryAddSingleton<DuplicateAccount>();
        services.TryAddSingleton<FirstFactors>();
        services.TryAddSingleton<HookCatalog>();
        services.TryAddSingleton(typeof(HookPlan<>));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Hosting.IHostedService, HookNamesCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Hosting.IHostedService, AccountMethodsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Hosting.IHostedService, ExpiredRowsCleaner>());
        services.TryAddSingleton<LoginFlows>();
        services.TryAddSingleton<RegistrationFlows>();
        services.TryAddSingleton<MessageOutbox>();
        services.TryAddSingleton<KeptSubmission>();
        services.TryAddSingleton<AvailableLevel>();
        services.TryAddSingleton<RequiredLevel>();
        services.TryAddSingleton<AddressChanges>();
        services.TryAddSingleton<AddressNotices>();
        services.TryAddSingleton<VerificationStarter>();
        // Hooks are part of what verifications are made of.
        services.TryAddSingleton(p => new Lazy<VerificationStarter>(p.GetRequiredService<VerificationStarter>));
        services.TryAddSingleton<SettingsFlows>();
        services.TryAddSingleton<RecoveryFlows>();
        services.TryAddSingleton<VerificationFlows>();
        services.TryAddSingleton(p => new FlowEngine(
            p.GetRequiredService<LoginFlows>(),
            p.GetRequiredService<RegistrationFlows>(),
            p.GetRequiredService<SettingsFlows>(),
            p.GetRequiredService<RecoveryFlows>(),
            p.GetRequiredService<VerificationFlows>(),
            p.GetServices<IStrategy>()));
        return builder
            .AddStrategy<ProfileStrategy>()
            .AddStrategy<ProfileSettingsStrategy>()
            .AddStrategy<IdentifierFirstStrategy>()
            .AddConfiguredHook<SessionHook>()
            .AddConfiguredHook<NoHook>()
            .AddConfiguredHook<RevokeActiveSessionsHook>()
            .AddConfiguredHook<ShowVerificationUiHook>()
            .AddConfiguredHook<RequireVerifiedAddressHook>();
    }
}
