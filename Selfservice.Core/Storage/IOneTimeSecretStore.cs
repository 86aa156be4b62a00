using Selfservice.Secrets;

namespace Selfservice.Storage;

/// <summary>Keeps one-time secrets of every purpose: codes, links, exchange codes. Only their MACs are kept.</summary>
public interface IOneTimeSecretStore
{
    /// <summary>Adds a secret.</summary>
    Task InsertAsync(OneTimeSecret secret, CancellationToken cancellationToken);

    /// <summary>The secret of this purpose with this MAC, used and expired ones too; null without one.</summary>
    Task<OneTimeSecret?> FindAsync(string purpose, ReadOnlyMemory<byte> mac, CancellationToken cancellationToken);

    /// <summary>The secrets of this purpose that belong to a flow, newest first, used and expired ones too.</summary>
    Task<IReadOnlyList<OneTimeSecret>> ListByFlowAsync(string purpose, Guid flowId, CancellationToken cancellationToken);

    /// <summary>Uses up a secret that is neither used nor expired. False when it is: of parallel attempts exactly one wins.</summary>
    Task<bool> ConsumeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Uses up every open secret of this purpose that belongs to a flow, as when a newer one replaces them; answers how many.</summary>
    Task<int> RevokeByFlowAsync(string purpose, Guid flowId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> secrets that expired before the given time; answers how many.</summary>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
