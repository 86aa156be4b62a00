using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Selfservice.Flows;
using Selfservice.Sessions;
using Selfservice.Ui.Components;
using Selfservice.Ui.Forms;

namespace Selfservice.Ui.Pages;

/// <summary>The page of a flow: one line per kind.</summary>
internal static class FlowEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, FlowKind kind, string path) =>
        endpoints.MapGet(path, PageEndpoint.Of((context, pages, state) => ShowAsync(context, pages, state, kind)));

    private static async Task<IResult> ShowAsync(HttpContext context, IFlowPages pages, PageState state, FlowKind kind)
    {
        // Only who is signed in, however surely, has settings; signing in leads back here, with the flow.
        if (kind == FlowKind.Settings && await pages.CreateLogoutUrlAsync(context) is null)
            return new SeeOther(state.InitUrl("login", state.Own(context.Request.Path + context.Request.QueryString)));
        var flowId = context.Request.Query["flow"].ToString();
        if (flowId.Length == 0)
            return new SeeOther(state.InitUrl(kind.Name, extra: context.Request.QueryString.Value is { Length: > 1 } query ? WithoutFlow(query) : null));

        switch (await pages.FindFlowAsync(context, kind, flowId))
        {
            case FlowPageResult.Redirect redirect:
                return new SeeOther(redirect.Location);
            case FlowPageResult.Found(var ui, var info):
                var signedIn = kind == FlowKind.Settings || (kind == FlowKind.Login && (info.Refresh || info.RequestedAal == AuthenticatorAssuranceLevel.Aal2));
                var logoutUrl = signedIn ? await pages.CreateLogoutUrlAsync(context) : null;
                state.Show(new FlowPageModel(new FlowFormBuilder(state.MessageTexts, state.Texts, info).Build(ui), info, logoutUrl));
                PageHeaders.Apply(context, state.Options, ui, info.ReturnTo);
                return new PageResult<FlowPage>();
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string? WithoutFlow(string query)
    {
        var kept = query.TrimStart('?').Split('&').Where(p => p.Length > 0 && p != "flow" && !p.StartsWith("flow=", StringComparison.Ordinal));
        return string.Join('&', kept) is { Length: > 0 } joined ? joined : null;
    }
}
