using Selfservice.Storage;
using Selfservice.Telemetry;

namespace Selfservice.Sessions;

/// <summary>Ends sessions on purpose, and leaves a trace of it for operators.</summary>
public sealed class SessionRevoker
{
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly SelfserviceEvents _events;

    internal SessionRevoker(IStore store, TimeProvider clock, SelfserviceEvents events) => (_store, _clock, _events) = (store, clock, events);

    /// <summary>Ends one session. Once begun it runs to its end.</summary>
    /// <param name="id">The session.</param>
    /// <param name="owner">Whose it must be; null for anybody's.</param>
    /// <returns>False when there is no such session.</returns>
    public async Task<bool> RevokeAsync(Guid id, Guid? owner = null)
    {
        var isKnown = await _store.WriteAsync((scope, token) => scope.Sessions.RevokeAsync(id, owner, token), CancellationToken.None).ConfigureAwait(false);
        if (isKnown)
            _events.SessionRevoked(id, owner);
        return isKnown;
    }

    /// <summary>Ends an identity's sessions. Once begun it runs to its end.</summary>
    /// <param name="identityId">Whose.</param>
    /// <param name="except">The session that stays; null to end all.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> RevokeAllAsync(Guid identityId, Guid? except)
    {
        var count = await _store.WriteAsync((scope, token) => scope.Sessions.RevokeAllAsync(identityId, except, _clock.GetUtcNow(), token), CancellationToken.None).ConfigureAwait(false);
        if (count > 0)
            _events.SessionsRevoked(count, identityId);
        return count;
    }
}
