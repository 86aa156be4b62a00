using NUnit.Framework;
using Selfservice.Storage;
using Shouldly;

namespace Selfservice.Testing.Storage;

/// <summary>
/// What every <see cref="IStore"/> must do. Inherit it in a test project, answer the store from <see cref="CreateStoreAsync"/>, and its tests run on your database.
/// Each test has an empty store of its own.
/// </summary>
[TestFixture]
public abstract partial class StoreContractTests
{
    /// <summary>The store of the running test.</summary>
    protected IStore Store { get; private set; } = null!;

    /// <summary>Opens the store of one test.</summary>
    [SetUp]
    public async Task OpenStoreAsync() => Store = await CreateStoreAsync().ConfigureAwait(false);

    /// <summary>Ends the store of one test.</summary>
    [TearDown]
    public async Task CloseStoreAsync() => await DeleteStoreAsync(Store).ConfigureAwait(false);

    /// <summary>Makes an empty store.</summary>
    protected abstract Task<IStore> CreateStoreAsync();

    /// <summary>Ends a store and deletes what it kept. Unless overridden it is disposed of.</summary>
    /// <param name="store">The store.</param>
    protected virtual async Task DeleteStoreAsync(IStore store)
    {
        if (store is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Reads.</summary>
    protected Task<T> ReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work) => Store.ReadAsync(work, CancellationToken.None);

    /// <summary>Writes.</summary>
    protected Task<T> WriteAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work) => Store.WriteAsync(work, CancellationToken.None);

    /// <summary>Writes without a result.</summary>
    protected Task WriteAsync(Func<IStoreScope, CancellationToken, Task> work) => Store.WriteAsync(
        async (scope, token) =>
        {
            await work(scope, token).ConfigureAwait(false);
            return true;
        },
        CancellationToken.None);

    /// <summary>Asserts that of three rows each deletion takes as many as it may.</summary>
    private async Task DeletesUpToTheLimitAsync(Func<IStoreScope, int, CancellationToken, Task<int>> delete)
    {
        (await WriteAsync((scope, token) => delete(scope, 2, token)).ConfigureAwait(false)).ShouldBe(2);
        (await WriteAsync((scope, token) => delete(scope, 2, token)).ConfigureAwait(false)).ShouldBe(1);
    }

    /// <summary>Asserts that of parallel attempts exactly one wins.</summary>
    private async Task OneWinsAsync(Func<IStoreScope, CancellationToken, Task<bool>> attempt)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => WriteAsync(attempt)))).ConfigureAwait(false);
        results.Count(won => won).ShouldBe(1);
    }
}
