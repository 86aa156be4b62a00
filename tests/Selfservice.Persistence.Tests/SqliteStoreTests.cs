using Selfservice.Storage;
using Selfservice.Testing.Storage;

namespace Selfservice.Persistence.Tests;

public sealed class SqliteStoreTests : StoreContractTests
{
    protected override async Task<IStore> CreateStoreAsync()
    {
        var store = new SqliteStore(SqliteOptions.InMemory(), TimeProvider.System);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }
}
