using Selfservice.Storage;

namespace Selfservice.Sessions;

/// <summary>Finds the session that a token proves.</summary>
public sealed class SessionReader(IStore store, TimeProvider clock)
{
    /// <summary>The active session of a token, with its identity and devices; null for a token that opens nothing (any more).</summary>
    public async ValueTask<Session?> FindActiveAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken).ConfigureAwait(false) is { } session && session.IsActive(clock.GetUtcNow()) ? session : null;

    /// <summary>Whether the text could be a session token at all; what could not is as good as absent.</summary>
    public static bool IsPlausible(string token) => token.Length is > 0 and <= SessionTokens.MaximumLength && token.StartsWith("ory_st_", StringComparison.Ordinal);

    /// <summary>The session of a token, ended ones too; null for an unknown token.</summary>
    public async ValueTask<Session?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > SessionTokens.MaximumLength)
            return null;
        var hash = SessionTokens.Hash(token);
        return await store.ReadAsync((scope, stop) => scope.Sessions.FindByTokenAsync(hash, stop), cancellationToken).ConfigureAwait(false);
    }
}
