using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;
using Selfservice.Flows;
using Selfservice.Sessions;

namespace Selfservice.Ui;

/// <summary>What the pages need from the engine behind them. The pages know no store, no cookie and no flow rule; whoever implements this does.</summary>
public interface IFlowPages
{
    /// <summary>Finds the flow as this browser may see it: its cookie was checked.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">The kind of flow that the page is for.</param>
    /// <param name="flowId">The id as it was sent; null when there was none.</param>
    /// <returns>The flow, or where to send the browser when it is unknown, expired or somebody else's.</returns>
    ValueTask<FlowPageResult> FindFlowAsync(HttpContext context, FlowKind kind, string? flowId);

    /// <summary>What the providers of social sign-in are called, by their ids; empty without any.</summary>
    IReadOnlyDictionary<string, string> ProviderNames => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Finds a stored error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The id as it was sent; null when there was none.</param>
    /// <returns>The error; null when there is no such error.</returns>
    ValueTask<ErrorPageInfo?> FindErrorAsync(HttpContext context, string? id);

    /// <summary>Finds the session of this browser, with its identity and devices.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The session; null when nobody is signed in, or a second factor has to be proven first.</returns>
    ValueTask<Session?> FindSessionAsync(HttpContext context);

    /// <summary>Whether somebody is signed in who has to prove a second factor before anything is shown to them.</summary>
    /// <param name="context">The request.</param>
    ValueTask<bool> NeedsSecondFactorAsync(HttpContext context) => ValueTask.FromResult(false);

    /// <summary>Lists the other active sessions of whoever is signed in, newest first, with their devices.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The sessions; empty when there are none or nobody is signed in.</returns>
    ValueTask<IReadOnlyList<Session>> ListOtherSessionsAsync(HttpContext context);

    /// <summary>Makes the URL that signs this browser out when it is followed.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The URL; null when nobody is signed in.</returns>
    ValueTask<string?> CreateLogoutUrlAsync(HttpContext context);

    /// <summary>Gets the CSRF token for the forms of the pages themselves, and sets its cookie when the browser has none.</summary>
    /// <param name="context">The request.</param>
    ValueTask<string> GetCsrfTokenAsync(HttpContext context);

    /// <summary>Ends one session of whoever is signed in. The pages have checked the CSRF token; the implementation checks whose session it is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The session's id.</param>
    ValueTask RevokeSessionAsync(HttpContext context, Guid id);

    /// <summary>Ends all sessions of whoever is signed in except this one. The pages have checked the CSRF token.</summary>
    /// <param name="context">The request.</param>
    ValueTask RevokeOtherSessionsAsync(HttpContext context);

    /// <summary>Whether the token belongs to this browser's CSRF cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token that was sent; null when there was none.</param>
    bool IsCsrfTokenValid(HttpContext context, string? token);
}
