using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Ui;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The shortest start: everything that a host needs, in one call.</summary>
public static class SelfserviceStartServiceCollectionExtensions
{
    /// <summary>
    /// Adds self-service with passwords, codes and links, the courier that sends them, web hooks, the pages, and SQLite. <c>app.MapSelfservice()</c> and <c>app.MapSelfserviceUi()</c> map the endpoints and the pages;
    /// <c>AddAuthentication().AddSelfservice()</c> lets the host's own endpoints ask for a session.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings made in code; the configuration section <c>Selfservice</c> wins over them.</param>
    public static SelfserviceBuilder AddSelfservice(this IServiceCollection services, Action<SelfserviceOptions>? configure = null)
    {
        services.AddSelfserviceUi();
        return services.AddSelfserviceHosting(configure).AddPassword().AddCode().AddLink().AddCourier().AddWebHooks().UseSqlite().AddOptions<SelfserviceUiOptions>("Ui");
    }
}
