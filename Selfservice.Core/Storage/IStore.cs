namespace Selfservice.Storage;

/// <summary>Everything that is kept. A store runs work in a scope: reads side by side, writes as one transaction each.</summary>
public interface IStore
{
    /// <summary>Runs work that only reads.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops waiting for a connection and the work's own queries.</param>
    Task<T> ReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work as one transaction: all of it is kept or nothing. It may be run again after a conflict with another transaction, so it must have no effects of its own,
    /// and it must not wait for anything but the store: others wait for it.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops waiting for the transaction to begin; once it has begun it runs to its end.</param>
    Task<T> WriteAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}

/// <summary>One transaction's view of what is kept.</summary>
public interface IStoreScope
{
    /// <summary>The flows.</summary>
    IFlowStore Flows { get; }

    /// <summary>The identities with their credentials and addresses.</summary>
    IIdentityStore Identities { get; }

    /// <summary>The sessions.</summary>
    ISessionStore Sessions { get; }

    /// <summary>The one-time secrets.</summary>
    IOneTimeSecretStore Secrets { get; }

    /// <summary>What may be done only so often.</summary>
    IBudgetStore Budgets { get; }

    /// <summary>The errors that browsers were sent to.</summary>
    IErrorStore Errors { get; }

    /// <summary>The messages on their way.</summary>
    ICourierStore Messages { get; }

    /// <summary>The calls of web hooks that nobody waits for.</summary>
    IWebHookStore WebHooks { get; }

    /// <summary>The leases of background work.</summary>
    ILeaseStore Leases { get; }

    /// <summary>Undoes what this transaction has written so far, at its end; the work's result is answered all the same.</summary>
    void RollBack();
}
