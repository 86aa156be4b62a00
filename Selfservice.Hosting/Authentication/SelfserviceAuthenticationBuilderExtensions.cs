using Microsoft.AspNetCore.Authentication;
using Selfservice.Hosting.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the authentication scheme of self-service.</summary>
public static class SelfserviceAuthenticationBuilderExtensions
{
    /// <summary>Adds the scheme: <c>[Authorize]</c> lets people with a session in and sends browsers without one into the login flow and back.</summary>
    public static AuthenticationBuilder AddSelfservice(this AuthenticationBuilder builder, Action<SelfserviceAuthenticationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<SelfserviceAuthenticationOptions>(SelfserviceAuthenticationDefaults.AuthenticationScheme)
            .Validate(options => options.IdentityClaims.Values.All(IdentityPath.IsValid), "IdentityClaims has a path that begins with none of traits, metadata_public and metadata_admin.")
            .ValidateOnStart();
        return builder.AddScheme<SelfserviceAuthenticationOptions, SelfserviceAuthenticationHandler>(SelfserviceAuthenticationDefaults.AuthenticationScheme, configure);
    }

    /// <summary>
    /// Adds authentication with this scheme alone, for hosts that have no other. It is what <c>AddAuthentication().AddSelfservice()</c> adds without the framework's data protection,
    /// which schemes such as cookies need and this one does not: its key ring is read, or made, whenever a host starts. A host that adds another scheme calls <c>AddAuthentication()</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings of the scheme.</param>
    public static IServiceCollection AddSelfserviceAuthentication(this IServiceCollection services, Action<SelfserviceAuthenticationOptions>? configure = null)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme ??= SelfserviceAuthenticationDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddSelfservice(configure);
        return services;
    }
}
