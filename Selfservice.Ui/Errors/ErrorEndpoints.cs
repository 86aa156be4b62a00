using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Selfservice.Ui.Components;
using Selfservice.Ui.Pages;

namespace Selfservice.Ui.Errors;

internal static class ErrorEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, SelfserviceUiOptions options) => endpoints.MapGet(options.ErrorPath, PageEndpoint.Of(ShowAsync));

    private static async Task<IResult> ShowAsync(HttpContext context, IFlowPages pages, PageState state)
    {
        // The contract's own endpoint takes the id under both names, and "error" wins.
        var id = context.Request.Query["error"].ToString() is { Length: > 0 } named ? named : context.Request.Query["id"].ToString() is { Length: > 0 } plain ? plain : null;
        var error = await pages.FindErrorAsync(context, id);
        state.Show(ErrorPageModel.For(error, id, state.Texts.Errors));
        PageHeaders.Apply(context, state.Options);
        return new PageResult<ErrorPage>(error is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }
}
