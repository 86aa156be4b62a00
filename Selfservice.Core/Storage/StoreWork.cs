namespace Selfservice.Storage;

/// <summary>Something that is to be written in a transaction that somebody else runs. It may be run again after a conflict, and must wait for nothing but the store.</summary>
/// <param name="scope">The transaction.</param>
/// <param name="cancellationToken">Stops it.</param>
public delegate Task StoreWork(IStoreScope scope, CancellationToken cancellationToken);

/// <summary>Something that is to be used up in a transaction that somebody else runs; false when somebody was faster, and then nothing of the transaction is kept.</summary>
/// <param name="scope">The transaction.</param>
/// <param name="cancellationToken">Stops it.</param>
public delegate Task<bool> StoreClaim(IStoreScope scope, CancellationToken cancellationToken);
