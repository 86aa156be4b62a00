using Selfservice.Persistence.Budgets;
using Selfservice.Persistence.Courier;
using Selfservice.Persistence.Errors;
using Selfservice.Persistence.Flows;
using Selfservice.Persistence.Identities;
using Selfservice.Persistence.Leases;
using Selfservice.Persistence.Secrets;
using Selfservice.Persistence.Sessions;
using Selfservice.Persistence.WebHooks;
using Selfservice.Storage;

namespace Selfservice.Persistence.Sqlite;

/// <summary>One work's view of the store. It ends with the work: a scope that was kept longer would write into somebody else's transaction.</summary>
internal sealed class SqliteScope(StoreConnection connection) : IStoreScope
{
    private bool _ended;

    public IFlowStore Flows => field ??= new SqliteFlowStore(this);

    public IIdentityStore Identities => field ??= new SqliteIdentityStore(this);

    public ISessionStore Sessions => field ??= new SqliteSessionStore(this);

    public IOneTimeSecretStore Secrets => field ??= new SqliteOneTimeSecretStore(this);

    public IBudgetStore Budgets => field ??= new SqliteBudgetStore(this);

    public IErrorStore Errors => field ??= new SqliteErrorStore(this);

    public ICourierStore Messages => field ??= new SqliteCourierStore(this);

    public IWebHookStore WebHooks => field ??= new SqliteWebHookStore(this);

    public ILeaseStore Leases => field ??= new SqliteLeaseStore(this);

    public bool RolledBack { get; private set; }

    public void RollBack() => RolledBack = true;

    public void End() => _ended = true;

    /// <summary>The connection, for one query.</summary>
    public StoreConnection Use(CancellationToken cancellationToken)
    {
        if (_ended)
            throw new InvalidOperationException("The scope has ended with its work. Await every query inside the work and do not keep the scope.");
        cancellationToken.ThrowIfCancellationRequested();
        // Where SQLite gave up the transaction, as on a full disk, a work that went on would commit each of its further writes by itself.
        return connection.InTransaction ? connection : throw new StoreUnavailableException("SQLite gave up the transaction; nothing of it was kept. Let the error that came before it pass through.");
    }
}
