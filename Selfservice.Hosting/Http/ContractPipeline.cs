using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selfservice.Errors;

namespace Selfservice.Hosting.Http;

/// <summary>What every path of the contract has in common: caching, CORS, the CSRF layer, methods that are not allowed, and the last resort for errors.</summary>
internal sealed partial class ContractPipeline(CsrfProtection csrf, CorsPolicy cors, ILogger<ContractPipeline> logger)
{
    private static readonly string[] UnsafeMethods = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>A path that the contract has nothing for.</summary>
    public static ContractRoute Unknown { get; } = new("(unknown)", CsrfPolicy.Guarded);

    /// <summary>Stops a host that maps what it did not add, when it maps it: otherwise each request would fail.</summary>
    public static void Demand(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ContractPipeline)) == false)
            throw new InvalidOperationException("The services of self-service were not added: call builder.Services.AddSelfservice() before the host is built, or AddSelfserviceHosting() with a store and a method.");
    }

    public static RequestDelegate For(ContractRoute route) => context => context.RequestServices.GetRequiredService<ContractPipeline>().RunAsync(context, route);

    private async Task RunAsync(HttpContext context, ContractRoute route)
    {
        var (request, response) = (context.Request, context.Response);
        // Routing lets a trailing slash pass; to the contract it is another path.
        if (request.Path.Value is [_, .., '/'])
            route = Unknown;
        if (HttpMethods.IsGet(request.Method))
            response.Headers.CacheControl = "private, no-cache, no-store, must-revalidate";
        if (route.Csrf != CsrfPolicy.None)
            response.Headers.Append("Vary", "Cookie");
        if (cors.Apply(context))
            return;
        if (HttpMethods.IsOptions(request.Method))
        {
            if (route.Csrf == CsrfPolicy.Guarded)
                await GuardAsync(context).ConfigureAwait(false);
            await NotAllowedAsync(context, route).ConfigureAwait(false);
            return;
        }

        if (route.Csrf == CsrfPolicy.Guarded && !await GuardAsync(context).ConfigureAwait(false))
            return;
        if (route.Find(request.Method) is not { } handler)
        {
            await NotAllowedAsync(context, route).ConfigureAwait(false);
            return;
        }

        try
        {
            await handler(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!response.HasStarted && !context.RequestAborted.IsCancellationRequested && e is not BadHttpRequestException)
        {
            // The last resort of every endpoint: the client learns that it was not its fault, the log learns why.
            LogFailure(e, route.Pattern);
            response.Headers.Remove("Set-Cookie");
            await JsonAnswer.WriteErrorAsync(context, e is System.Data.Common.DbException { IsTransient: true } ? Unavailable : ErrorObject.Internal).ConfigureAwait(false);
        }
    }

    private static ErrorObject Unavailable { get; } = new() { Code = 503, Message = "The service is temporarily unavailable. Please try again later.", RetryAfter = TimeSpan.FromSeconds(5) };

    private async ValueTask<bool> GuardAsync(HttpContext context)
    {
        var isUnsafe = UnsafeMethods.Contains(context.Request.Method);
        if (isUnsafe && !csrf.IsValid(context, await TokenAsync(context).ConfigureAwait(false)))
        {
            var violation = csrf.Violation(context);
            csrf.Ensure(context);
            await JsonAnswer.WriteErrorAsync(context, violation).ConfigureAwait(false);
            return false;
        }

        if (csrf.Secret(context) is not null)
            return true;
        // The answer may say that the request had no cookie; so the new one is set beside it and does not count for this request.
        csrf.SetForLater(context);
        return true;
    }

    private static async ValueTask<string?> TokenAsync(HttpContext context)
    {
        if (context.Request.Headers["X-CSRF-Token"].FirstOrDefault() is { Length: > 0 } header)
            return header;
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return null;
        return (await SubmissionReader.ReadAsync(context).ConfigureAwait(false)).Submission?.Text("csrf_token");
    }

    private static Task NotAllowedAsync(HttpContext context, ContractRoute route)
    {
        if (route.Handlers.Length == 0)
            return NotFoundAsync(context);
        context.Response.Headers.Allow = route.Allow;
        return WriteTextAsync(context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed\n");
    }

    /// <summary>Answers a path that the host has nothing for.</summary>
    public static Task NotFoundAsync(HttpContext context) => WriteTextAsync(context, StatusCodes.Status404NotFound, "404 page not found\n");

    private static Task WriteTextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Error, "A request to {Route} failed.", EventName = "RequestFailed")]
    private partial void LogFailure(Exception exception, string route);
}
