using Selfservice.Sessions;

namespace Selfservice.Storage;

/// <summary>A part of a list, and how long the whole list is.</summary>
/// <param name="Items">The part.</param>
/// <param name="Total">The length of the whole list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Keeps sessions. A session is found by the SHA-256 of its token; the token itself is not kept.</summary>
public interface ISessionStore
{
    /// <summary>The session with this token hash, revoked and expired ones too, with its identity (addresses, no credentials) and devices; null without one.</summary>
    Task<Session?> FindByTokenAsync(ReadOnlyMemory<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>The session with this id, with its identity and devices; null without one.</summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Sessions of an identity, newest first, with identity and devices.</summary>
    /// <param name="identityId">Whose.</param>
    /// <param name="activeAt">Only those that are neither revoked nor expired at this time; null for all.</param>
    /// <param name="except">A session to leave out; null for none.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<Page<Session>> ListAsync(Guid identityId, DateTimeOffset? activeAt, Guid? except, int offset, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a session with its devices.</summary>
    Task InsertAsync(Session session, ReadOnlyMemory<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>Renews a session that is neither revoked nor expired at <paramref name="now"/>: times, methods, level, and its token. False when there is none, or when it is another identity's.</summary>
    Task<bool> RenewAsync(Session session, ReadOnlyMemory<byte> tokenHash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Moves the end of a session that is neither revoked nor expired at <paramref name="now"/>. False when there is none.</summary>
    Task<bool> ExtendAsync(Guid id, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Revokes one session. False when there is none (an already revoked one counts as there).</summary>
    /// <param name="id">Which.</param>
    /// <param name="identityId">Only if it belongs to this identity; null for any.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<bool> RevokeAsync(Guid id, Guid? identityId, CancellationToken cancellationToken);

    /// <summary>Revokes the sessions of an identity that are active at <paramref name="now"/>, except one; answers how many.</summary>
    Task<int> RevokeAllAsync(Guid identityId, Guid? except, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes all sessions of an identity; answers how many.</summary>
    Task<int> DeleteAllAsync(Guid identityId, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> sessions that expired before the given time; answers how many.</summary>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
