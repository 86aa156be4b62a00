using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Flows;
using Selfservice.Hosting.Health;
using Selfservice.Hosting.Http;
using Selfservice.Hosting.Logout;
using Selfservice.Hosting.OpenApi;
using Selfservice.Hosting.Schemas;
using Selfservice.Hosting.Sessions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of self-service onto a host.</summary>
public static class SelfserviceEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoints for everybody: flows, sessions, logout, errors, schemas and health. Calls by other origins are answered as <c>Serve:Public:Cors</c> says.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <returns>The endpoints together, to add conventions such as a host name to.</returns>
    /// <exception cref="InvalidOperationException">The services were not added.</exception>
    public static IEndpointConventionBuilder MapSelfservice(this IEndpointRouteBuilder endpoints)
    {
        ContractPipeline.Demand(endpoints);
        var group = endpoints.MapGroup("");
        foreach (var kind in FlowKind.All)
            foreach (var route in FlowRoutes(kind))
                Map(group, new(ApiDocuments.Public, route, kind));
        foreach (var route in OtherRoutes())
            Map(group, new(ApiDocuments.Public, route));
        group.WithMetadata(new AllowAnonymousAttribute());
        return group;
    }

    /// <summary>
    /// Answers an OpenAPI document of the endpoints that <see cref="MapSelfservice"/> maps, for people and programs that write clients. The endpoints for administrators are not in it:
    /// they describe themselves, under <c>/admin/openapi.json</c>.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The document's path.</param>
    /// <returns>The endpoint, to add conventions such as an authorization policy to; without one everybody may read it.</returns>
    public static IEndpointConventionBuilder MapSelfserviceOpenApi(this IEndpointRouteBuilder endpoints, string pattern = "/openapi/selfservice.json") =>
        endpoints.MapGet(pattern, ApiDocuments.Serve(ApiDocuments.Public)).WithDisplayName(pattern);

    /// <summary>
    /// Answers every path that the host has nothing for as the contract does: 404 or 403 in a few words. For hosts that serve nothing but self-service;
    /// others keep their own.
    /// </summary>
    /// <exception cref="InvalidOperationException">The services were not added.</exception>
    public static IEndpointConventionBuilder MapSelfserviceFallback(this IEndpointRouteBuilder endpoints)
    {
        ContractPipeline.Demand(endpoints);
        var group = endpoints.MapGroup("");
        group.MapFallback("{**path}", ContractPipeline.For(ContractPipeline.Unknown));
        foreach (var prefix in new[] { "sessions", "schemas", "identities" })
            group.MapFallback(prefix + "/{**path}", ContractPipeline.For(new("(unknown)", CsrfPolicy.Ignored)));
        group.WithMetadata(new AllowAnonymousAttribute());
        return group;
    }

    private static void Map(RouteGroupBuilder group, ApiDescription description) =>
        group.Map(description.Route.Pattern, ContractPipeline.For(description.Route)).WithDisplayName(description.Route.Pattern).WithMetadata(description);

    private static IEnumerable<ContractRoute> FlowRoutes(FlowKind kind) =>
    [
        new($"/self-service/{kind}/browser", CsrfPolicy.Guarded, (HttpMethods.Get, FlowEndpoints.Create(kind, ClientType.Browser))),
        new($"/self-service/{kind}/api", CsrfPolicy.Ignored, (HttpMethods.Get, FlowEndpoints.Create(kind, ClientType.Api))),
        new($"/self-service/{kind}/flows", CsrfPolicy.Guarded, (HttpMethods.Get, FlowEndpoints.Fetch(kind))),
        // The address that pages written for older versions ask.
        new($"/self-service/{kind}/browser/flows", CsrfPolicy.Guarded, (HttpMethods.Get, FlowEndpoints.Fetch(kind))),
        new($"/self-service/{kind}", CsrfPolicy.Ignored, (HttpMethods.Get, HasLinks(kind) ? FlowEndpoints.OpenLink(kind) : FlowEndpoints.Submit(kind)), (HttpMethods.Post, FlowEndpoints.Submit(kind))),
    ];

    private static bool HasLinks(FlowKind kind) => kind == FlowKind.Recovery || kind == FlowKind.Verification;

    private static IEnumerable<ContractRoute> OtherRoutes() =>
    [
        new("/self-service/methods/{method}/callback/{source}", CsrfPolicy.Ignored, (HttpMethods.Get, CallbackEndpoints.ReturnAsync), (HttpMethods.Post, CallbackEndpoints.BridgeAsync)),
        new("/self-service/methods/{method}/callback", CsrfPolicy.Ignored, (HttpMethods.Get, CallbackEndpoints.ReturnAsync), (HttpMethods.Post, CallbackEndpoints.RefuseAsync)),
        new("/self-service/logout/browser", CsrfPolicy.Guarded, (HttpMethods.Get, LogoutEndpoints.CreateAsync)),
        new("/self-service/logout", CsrfPolicy.Guarded, (HttpMethods.Get, LogoutEndpoints.SubmitAsync)),
        new("/self-service/logout/api", CsrfPolicy.Ignored, (HttpMethods.Delete, LogoutEndpoints.ApiAsync)),
        new("/self-service/errors", CsrfPolicy.Guarded, (HttpMethods.Get, ErrorEndpoint.GetAsync)),
        new("/sessions/whoami", CsrfPolicy.Ignored, (ContractRoute.AnyMethod, SessionEndpoints.WhoamiAsync)),
        new("/sessions", CsrfPolicy.Ignored, (HttpMethods.Get, SessionEndpoints.ListAsync), (HttpMethods.Delete, SessionEndpoints.RevokeOthersAsync)),
        new("/sessions/token-exchange", CsrfPolicy.Ignored, (HttpMethods.Get, SessionEndpoints.ExchangeAsync), (HttpMethods.Delete, SessionEndpoints.RevokeAsync)),
        new("/sessions/{id}", CsrfPolicy.Ignored, (HttpMethods.Delete, SessionEndpoints.RevokeAsync)),
        new("/schemas", CsrfPolicy.Guarded, (HttpMethods.Get, SchemaEndpoints.ListAsync)),
        new("/schemas/{id}", CsrfPolicy.Ignored, (HttpMethods.Get, SchemaEndpoints.GetAsync)),
        new("/health/alive", CsrfPolicy.None, (HttpMethods.Get, HealthEndpoints.AliveAsync)),
        new("/health/ready", CsrfPolicy.None, (HttpMethods.Get, HealthEndpoints.ReadyAsync)),
    ];
}
