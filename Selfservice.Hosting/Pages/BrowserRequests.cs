using Microsoft.AspNetCore.Http;
using Selfservice.Flows;
using Selfservice.Hosting.Http;
using Selfservice.Hosting.Logout;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Hosting.Pages;

/// <summary>
/// What pages in the same process may ask about the browser that requests them, under the rules that the endpoints hold it to. Selfservice.Ui is written with it; pages of another kind can
/// be, too. It is a service of every host.
/// </summary>
public sealed class BrowserRequests
{
    private readonly FlowEngine _engine;
    private readonly IStore _store;
    private readonly ClientContexts _clients;
    private readonly RequestSession _sessions;
    private readonly RequiredLevel _level;
    private readonly CsrfProtection _csrf;
    private readonly LogoutEndpoints _logout;
    private readonly PublicUrl _publicUrl;

    internal BrowserRequests(FlowEngine engine, IStore store, ClientContexts clients, RequestSession sessions, RequiredLevel level, CsrfProtection csrf, LogoutEndpoints logout, PublicUrl publicUrl) =>
        (_engine, _store, _clients, _sessions, _level, _csrf, _logout, _publicUrl) = (engine, store, clients, sessions, level, csrf, logout, publicUrl);

    /// <summary>Finds a flow, if the engine shows it to this browser: by its cookie, a settings flow by its session.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">The kind of flow that the page is for.</param>
    /// <param name="id">The flow's id.</param>
    /// <returns>The flow; null when it is unknown, expired, a native client's or somebody else's. Send the browser to <see cref="StartUrl"/> then.</returns>
    public async ValueTask<Flow?> FindFlowAsync(HttpContext context, FlowKind kind, Guid id)
    {
        ArgumentNullException.ThrowIfNull(context);
        var client = await _clients.OfAsync(context).ConfigureAwait(false);
        return await _engine.ShowAsync(kind, id, client, context.RequestAborted).ConfigureAwait(false) is FlowOutcome.Shown
            && await _store.ReadAsync((scope, token) => scope.Flows.FindAsync(kind, id, token), context.RequestAborted).ConfigureAwait(false) is { ClientType: ClientType.Browser } record
            ? FlowEngine.Read(record) : null;
    }

    /// <summary>Where a browser begins a flow.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">The kind of flow.</param>
    public string StartUrl(HttpContext context, FlowKind kind)
    {
        ArgumentNullException.ThrowIfNull(context);
        return $"{_publicUrl.Of(context.Request)}/self-service/{kind}/browser";
    }

    /// <summary>
    /// Finds the active session of the request, with its identity and devices; null when nobody is signed in, and when the session is not as sure of its owner as <c>Session:Whoami:RequiredAal</c>
    /// asks for (<see cref="NeedsSecondFactorAsync"/>). It is looked up once for each request.
    /// </summary>
    /// <param name="context">The request.</param>
    public async ValueTask<Session?> FindSessionAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await _sessions.FindAsync(context).ConfigureAwait(false) is { } proven && await _level.IsMetAsync(proven.Session, context.RequestAborted).ConfigureAwait(false) ? proven.Session : null;
    }

    /// <summary>Whether somebody is signed in who has to prove a second factor before anything is shown to them. Send the browser to <see cref="StartUrl"/> with <c>aal=aal2</c> then.</summary>
    /// <param name="context">The request.</param>
    public async ValueTask<bool> NeedsSecondFactorAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await _sessions.FindAsync(context).ConfigureAwait(false) is { } proven && !await _level.IsMetAsync(proven.Session, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Makes the URL that signs this browser out when it is followed; null when nobody is signed in.</summary>
    /// <param name="context">The request.</param>
    public ValueTask<string?> CreateLogoutUrlAsync(HttpContext context) => _logout.CreateLinkAsync(context);

    /// <summary>A token for a form of the page's own, masked anew each time; the browser gets the cookie that it belongs to when it has none.</summary>
    /// <param name="context">The request.</param>
    public string CsrfToken(HttpContext context) => CsrfTokens.Mask(_csrf.Ensure(context));

    /// <summary>Whether such a token belongs to this browser.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token that was sent; null when there was none.</param>
    public bool IsCsrfTokenValid(HttpContext context, string? token) => _csrf.IsValid(context, token);

    /// <summary>Whether the request comes from the same machine, and not through a proxy on it that speaks for others.</summary>
    /// <param name="context">The request.</param>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return LocalClient.Is(context);
    }
}
