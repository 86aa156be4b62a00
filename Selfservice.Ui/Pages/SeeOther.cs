using Microsoft.AspNetCore.Http;

namespace Selfservice.Ui.Pages;

/// <summary>303: go there with GET. Never stored, because where a flow starts differs each time.</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
