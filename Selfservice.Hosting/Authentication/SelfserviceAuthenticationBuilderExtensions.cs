using Microsoft.AspNetCore.Authentication;
using Selfservice.Hosting.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the authentication scheme of self-service.</summary>
public static class SelfserviceAuthenticationBuilderExtensions
{
    /// <summary>Adds the scheme: <c>[Authorize]</c> lets people with a session in and sends browsers without one into the login flow and back.</summary>
    public static AuthenticationBuilder AddSelfservice(this AuthenticationBuilder builder, Action<SelfserviceAuthenticationOptions>? configure = null) =>
        builder.AddScheme<SelfserviceAuthenticationOptions, SelfserviceAuthenticationHandler>(SelfserviceAuthenticationDefaults.AuthenticationScheme, configure);
}
