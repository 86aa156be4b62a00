namespace Selfservice.Storage;

/// <summary>Lets one of several hosts do a piece of background work.</summary>
public interface ILeaseStore
{
    /// <summary>Takes or keeps the lease of this name until the given time. False while another owner holds it.</summary>
    Task<bool> TryAcquireAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);
}
