using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Selfservice.Ui.Pages;

/// <summary>
/// Makes an endpoint of what shows a page. It is a plain request delegate: what the framework makes of a typed handler sets up the serialization of anything as JSON when a host starts, and no page needs it.
/// </summary>
internal static class PageEndpoint
{
    public static RequestDelegate Of(Func<HttpContext, IFlowPages, PageState, Task<IResult>> show) => async context =>
    {
        var services = context.RequestServices;
        var result = await show(context, services.GetRequiredService<IFlowPages>(), services.GetRequiredService<PageState>());
        await result.ExecuteAsync(context);
    };
}
