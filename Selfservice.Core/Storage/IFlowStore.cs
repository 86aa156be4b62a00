using Selfservice.Flows;

namespace Selfservice.Storage;

/// <summary>Keeps flows.</summary>
public interface IFlowStore
{
    /// <summary>The flow of this kind with this id; null without one, also when the id belongs to another kind.</summary>
    Task<FlowRecord?> FindAsync(FlowKind kind, Guid id, CancellationToken cancellationToken);

    /// <summary>Adds a flow.</summary>
    Task InsertAsync(FlowRecord flow, CancellationToken cancellationToken);

    /// <summary>Replaces an open flow. False when it is gone or was completed in the meantime, and nothing was changed.</summary>
    Task<bool> UpdateAsync(FlowRecord flow, CancellationToken cancellationToken);

    /// <summary>Replaces an open flow and closes it for good. False when it is gone or somebody else completed it first: of parallel submits exactly one wins.</summary>
    Task<bool> CompleteAsync(FlowRecord flow, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> flows that expired before the given time; answers how many.</summary>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
