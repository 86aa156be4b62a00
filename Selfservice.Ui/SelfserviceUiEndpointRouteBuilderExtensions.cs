using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Flows;
using Selfservice.Ui;
using Selfservice.Ui.Account;
using Selfservice.Ui.Errors;
using Selfservice.Ui.Pages;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages.</summary>
public static class SelfserviceUiEndpointRouteBuilderExtensions
{
    /// <summary>Maps the pages at the paths of <see cref="SelfserviceUiOptions"/>, with their stylesheet and script. Needs <c>AddSelfserviceUi</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>A builder for all of the endpoints together.</returns>
    public static IEndpointConventionBuilder MapSelfserviceUi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<SelfserviceUiOptions>>().Value;
        // Pages are no part of an API description, and signing in must work where everything else asks for it.
        var group = endpoints.MapGroup("");
        group.AllowAnonymous();

        FlowEndpoints.Map(group, FlowKind.Login, options.LoginPath);
        FlowEndpoints.Map(group, FlowKind.Registration, options.RegistrationPath);
        ErrorEndpoints.Map(group, options);
        AccountEndpoints.Map(group, options);
        AssetEndpoints.Map(group);
        group.WithMetadata(new ExcludeFromDescriptionAttribute());
        return group;
    }
}
