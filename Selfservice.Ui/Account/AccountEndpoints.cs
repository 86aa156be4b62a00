using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Selfservice.Ui.Components;
using Selfservice.Ui.Pages;

namespace Selfservice.Ui.Account;

/// <summary>The pages of somebody who is signed in.</summary>
internal static class AccountEndpoints
{
    // An id and a token; nothing else belongs into these forms.
    private const long MaxFormBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints, SelfserviceUiOptions options)
    {
        var sessionsPath = options.SessionsPath.TrimEnd('/');
        endpoints.MapGet(options.WelcomePath, PageEndpoint.Of(WelcomeAsync));
        endpoints.MapGet(sessionsPath, PageEndpoint.Of(SessionsAsync));
        endpoints.MapPost(sessionsPath + "/revoke", PageEndpoint.Of(RevokeAsync)).WithMetadata(new FormLimit());
        endpoints.MapPost(sessionsPath + "/revoke-others", PageEndpoint.Of(RevokeOthersAsync)).WithMetadata(new FormLimit());
    }

    private static async Task<IResult> WelcomeAsync(HttpContext context, IFlowPages pages, PageState state)
    {
        if (await pages.FindSessionAsync(context) is not { } session)
            return await SignInAsync(context, pages, state, state.Options.WelcomePath);
        state.Show(new WelcomeModel(PersonSummary.Of(session.Identity), session, pages.ProviderNames, await pages.CreateLogoutUrlAsync(context)));
        PageHeaders.Apply(context, state.Options);
        return new PageResult<WelcomePage>();
    }

    private static Task<IResult> SessionsAsync(HttpContext context, IFlowPages pages, PageState state)
    {
        var result = context.Request.Query["done"].ToString() switch
        {
            "revoked" => SessionsResult.Revoked,
            "others" => SessionsResult.OthersRevoked,
            _ => SessionsResult.None,
        };
        return ShowSessionsAsync(context, pages, state, result);
    }

    private static async Task<IResult> ShowSessionsAsync(HttpContext context, IFlowPages pages, PageState state, SessionsResult result)
    {
        if (await pages.FindSessionAsync(context) is not { } session)
            return await SignInAsync(context, pages, state, state.Options.SessionsPath);
        var others = await pages.ListOtherSessionsAsync(context);
        state.Show(new SessionsModel(session, others, pages.ProviderNames, await pages.GetCsrfTokenAsync(context), await pages.CreateLogoutUrlAsync(context), result));
        PageHeaders.Apply(context, state.Options);
        return new PageResult<SessionsPage>(result == SessionsResult.Refused ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, IFlowPages pages, PageState state)
    {
        if (await ReadFormAsync(context, pages) is not { } form || !Guid.TryParse(form["id"].ToString(), out var id))
            return await ShowSessionsAsync(context, pages, state, SessionsResult.Refused);
        if (await pages.FindSessionAsync(context) is null)
            return await SignInAsync(context, pages, state, state.Options.SessionsPath);
        await pages.RevokeSessionAsync(context, id);
        return new SeeOther(state.Link(state.Options.SessionsPath) + "?done=revoked");
    }

    private static async Task<IResult> RevokeOthersAsync(HttpContext context, IFlowPages pages, PageState state)
    {
        if (await ReadFormAsync(context, pages) is null)
            return await ShowSessionsAsync(context, pages, state, SessionsResult.Refused);
        if (await pages.FindSessionAsync(context) is null)
            return await SignInAsync(context, pages, state, state.Options.SessionsPath);
        await pages.RevokeOtherSessionsAsync(context);
        return new SeeOther(state.Link(state.Options.SessionsPath) + "?done=others");
    }

    /// <summary>The form when its CSRF token is right; null otherwise.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context, IFlowPages pages)
    {
        if (!context.Request.HasFormContentType)
            return null;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return pages.IsCsrfTokenValid(context, form["csrf_token"]) ? form : null;
        }
        catch (InvalidDataException)
        {
            return null; // too many or too long fields, or a broken multipart body
        }
    }

    private static async ValueTask<SeeOther> SignInAsync(HttpContext context, IFlowPages pages, PageState state, string path) =>
        new(state.InitUrl("login", state.Own(path), await pages.NeedsSecondFactorAsync(context) ? "aal=aal2" : null));

    private sealed class FormLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxFormBytes;
    }
}
