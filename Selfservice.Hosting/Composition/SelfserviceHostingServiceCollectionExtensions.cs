using Microsoft.Extensions.DependencyInjection.Extensions;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Hosting.Admin;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Flows;
using Selfservice.Hosting.Http;
using Selfservice.Hosting.Logout;
using Selfservice.Hosting.OpenApi;
using Selfservice.Hosting.Pages;
using Selfservice.Hosting.Sessions;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds self-service to an ASP.NET Core host.</summary>
public static class SelfserviceHostingServiceCollectionExtensions
{
    /// <summary>Adds flows, sessions and what their endpoints need. Methods and a store are added to what is returned; <c>MapSelfservice</c> maps the endpoints.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice</c> wins over them.</param>
    public static SelfserviceBuilder AddSelfserviceHosting(this IServiceCollection services, Action<SelfserviceOptions>? configure = null)
    {
        var builder = services.AddSelfserviceCore(configure);
        services.TryAddSingleton<PublicUrl>();
        services.TryAddSingleton<Cookies>();
        services.TryAddSingleton<CsrfProtection>();
        services.TryAddSingleton<SessionCookie>();
        services.TryAddSingleton<ContinuityCookie>();
        services.TryAddSingleton<RequestSession>();
        services.TryAddSingleton<ClientContexts>();
        services.TryAddSingleton<CorsPolicy>();
        services.TryAddSingleton<ContractPipeline>();
        services.TryAddSingleton<ErrorResponder>();
        services.TryAddSingleton<FlowResponder>();
        services.TryAddSingleton<FlowEndpoints>();
        services.TryAddSingleton<CallbackEndpoints>();
        services.TryAddSingleton<LogoutEndpoints>();
        services.TryAddSingleton<SessionEndpoints>();
        services.TryAddSingleton<ApiDocuments>();
        services.TryAddSingleton<AdminIdentityEndpoints>();
        services.TryAddSingleton<AdminSessionEndpoints>();
        services.TryAddSingleton<AdminRecoveryEndpoints>();
        services.TryAddSingleton<IMailedLinkPage, PlainMailedLinkPage>();
        services.TryAddSingleton(p => new BrowserRequests(
            p.GetRequiredService<FlowEngine>(),
            p.GetRequiredService<IStore>(),
            p.GetRequiredService<ClientContexts>(),
            p.GetRequiredService<RequestSession>(),
            p.GetRequiredService<RequiredLevel>(),
            p.GetRequiredService<CsrfProtection>(),
            p.GetRequiredService<LogoutEndpoints>(),
            p.GetRequiredService<PublicUrl>()));
        services.TryAddSingleton<AdminCourierEndpoints>();
        return builder;
    }
}
