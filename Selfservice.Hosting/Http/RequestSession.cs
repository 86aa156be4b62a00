using Microsoft.AspNetCore.Http;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Http;

/// <summary>The session that a request proves, and how it did.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Its token.</param>
/// <param name="CookieEnd">When the browser was told that it ends, in Unix seconds; null when the token did not come in a cookie.</param>
internal sealed record ProvenSession(Session Session, string Token, long? CookieEnd);

/// <summary>Finds the session that a request proves; once per request.</summary>
internal sealed class RequestSession(SessionCookie cookie, SessionReader sessions, TimeProvider clock)
{
    private static readonly object Key = new();

    /// <summary>The active session of the request; null without one.</summary>
    public async ValueTask<ProvenSession?> FindAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var known))
            return (ProvenSession?)known;
        var found = await LookUpAsync(context).ConfigureAwait(false);
        context.Items[Key] = found;
        return found;
    }

    private async ValueTask<ProvenSession?> LookUpAsync(HttpContext context)
    {
        var request = context.Request;
        // A header that is sent wins even when it proves nothing: the client has said which session it means.
        if (request.Headers["X-Session-Token"].ToString() is { Length: > 0 } header)
            return await FindAsync(header, null, context.RequestAborted).ConfigureAwait(false);
        if (cookie.Read(request) is { } sent && SessionReader.IsPlausible(sent.Token))
            return await FindAsync(sent.Token, sent.KnownEnd, context.RequestAborted).ConfigureAwait(false);
        return Bearer(request) is { } token ? await FindAsync(token, null, context.RequestAborted).ConfigureAwait(false) : null;
    }

    private async ValueTask<ProvenSession?> FindAsync(string token, long? cookieEnd, CancellationToken cancellationToken) =>
        await sessions.FindAsync(token, cancellationToken).ConfigureAwait(false) is { } session && session.IsActive(clock.GetUtcNow()) ? new(session, token, cookieEnd) : null;

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase) ? header["bearer ".Length..].Trim() : null;
    }
}
