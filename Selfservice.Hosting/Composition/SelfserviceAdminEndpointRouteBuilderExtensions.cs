using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Selfservice.Hosting.Admin;
using Selfservice.Hosting.Health;
using Selfservice.Hosting.Http;
using Selfservice.Hosting.OpenApi;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints for administrators.</summary>
public static class SelfserviceAdminEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints for administrators under <c>/admin</c>. Who reaches them can become anybody, so they need an authorization policy;
    /// without one they exist in Development only, and for clients on the same machine. <c>/admin/openapi.json</c> describes them.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="policy">The name of the host's authorization policy; null for loopback in Development.</param>
    /// <exception cref="InvalidOperationException">There is no policy, and the host does not run in Development; or the services were not added.</exception>
    public static IEndpointConventionBuilder MapSelfserviceAdmin(this IEndpointRouteBuilder endpoints, string? policy = null)
    {
        ContractPipeline.Demand(endpoints);
        if (policy is null && !endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            throw new InvalidOperationException("MapSelfserviceAdmin needs the name of an authorization policy outside Development: who reaches these endpoints can become anybody.");
        var group = endpoints.MapGroup("/admin");
        foreach (var route in Routes())
            group.Map(route.Pattern, Guarded(ContractPipeline.For(route))).WithDisplayName("/admin" + route.Pattern).WithMetadata(new ApiDescription(ApiDocuments.Admin, route));
        group.MapGet("/openapi.json", Guarded(ApiDocuments.Serve(ApiDocuments.Admin))).WithDisplayName("/admin/openapi.json");
        if (policy is null)
            group.WithMetadata(new AllowAnonymousAttribute());
        else
            group.RequireAuthorization(policy);
        return group;

        RequestDelegate Guarded(RequestDelegate next) => policy is null ? LoopbackOnly(next) : next;
    }

    private static RequestDelegate LoopbackOnly(RequestDelegate next) => context =>
    {
        if (LocalClient.Is(context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    private static IEnumerable<ContractRoute> Routes() =>
    [
        new("/identities", CsrfPolicy.None, (HttpMethods.Get, AdminIdentityEndpoints.ListAsync), (HttpMethods.Post, AdminIdentityEndpoints.CreateAsync)),
        new(
            "/identities/{id}",
            CsrfPolicy.None,
            (HttpMethods.Get, AdminIdentityEndpoints.GetAsync),
            (HttpMethods.Put, AdminIdentityEndpoints.ReplaceAsync),
            (HttpMethods.Patch, AdminIdentityEndpoints.PatchAsync),
            (HttpMethods.Delete, AdminIdentityEndpoints.DeleteAsync)),
        new("/identities/{id}/credentials/{type}", CsrfPolicy.None, (HttpMethods.Delete, AdminIdentityEndpoints.DeleteCredentialAsync)),
        new("/identities/{id}/sessions", CsrfPolicy.None, (HttpMethods.Get, AdminSessionEndpoints.ListOfIdentityAsync), (HttpMethods.Delete, AdminSessionEndpoints.DeleteOfIdentityAsync)),
        new("/recovery/code", CsrfPolicy.None, (HttpMethods.Post, AdminRecoveryEndpoints.CodeAsync)),
        new("/recovery/link", CsrfPolicy.None, (HttpMethods.Post, AdminRecoveryEndpoints.LinkAsync)),
        new("/sessions/{id}", CsrfPolicy.None, (HttpMethods.Get, AdminSessionEndpoints.GetAsync), (HttpMethods.Delete, AdminSessionEndpoints.RevokeAsync)),
        new("/sessions/{id}/extend", CsrfPolicy.None, (HttpMethods.Patch, AdminSessionEndpoints.ExtendAsync)),
        new("/courier/messages", CsrfPolicy.None, (HttpMethods.Get, AdminCourierEndpoints.ListAsync)),
        new("/courier/messages/{id}", CsrfPolicy.None, (HttpMethods.Get, AdminCourierEndpoints.GetAsync)),
        new("/health/alive", CsrfPolicy.None, (HttpMethods.Get, HealthEndpoints.AliveAsync)),
        new("/health/ready", CsrfPolicy.None, (HttpMethods.Get, HealthEndpoints.ReadyAsync)),
        new("/version", CsrfPolicy.None, (HttpMethods.Get, HealthEndpoints.VersionAsync)),
    ];
}
