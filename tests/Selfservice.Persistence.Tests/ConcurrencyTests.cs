using Microsoft.Data.Sqlite;

namespace Selfservice.Persistence.Tests;

public sealed class ConcurrencyTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Stores_TwoOnOneFile_WriteInParallelWithoutErrors()
    {
        // Both start at once: creation, the switch to the log and the migrations meet, too.
        await using var one = _folder.Open();
        await using var two = _folder.Open();
        var flows = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).InsertAsync(Flows.New()))));
        foreach (var flow in flows)
            (await one.FindAsync(flow)).ShouldNotBeNull();
    }

    [Test]
    public async Task Store_With64WritersAndReaders_IsNeverBusy()
    {
        await using var store = _folder.Open();
        var known = await store.InsertAsync(Flows.New());
        var writers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await store.InsertAsync(Flows.New());
        }));
        var readers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                (await store.FindAsync(known)).ShouldNotBeNull();
        }));
        await Task.WhenAll(writers.Concat(readers));
    }

    [Test]
    public async Task Write_WhileAnotherProcessHoldsTheLock_WaitsForIt()
    {
        await using var store = _folder.Open();
        await store.InitializeAsync(CancellationToken.None);
        await using var other = await HoldLockAsync();
        var write = store.InsertAsync(Flows.New());
        (await store.ReadAsync((scope, token) => scope.Identities.CountAsync(token), CancellationToken.None)).ShouldBe(0);
        write.IsCompleted.ShouldBeFalse();
        await Execute(other, "COMMIT");
        await write;
    }

    [Test]
    public async Task Write_WhileAnotherProcessHoldsTheLockForTooLong_SaysSoAndGoesOn()
    {
        var options = _folder.Options();
        options.BusyTimeout = TimeSpan.FromMilliseconds(50);
        await using var store = new SqliteStore(options, TimeProvider.System);
        await store.InitializeAsync(CancellationToken.None);
        await using var other = await HoldLockAsync();
        var error = await Should.ThrowAsync<StoreUnavailableException>(() => store.InsertAsync(Flows.New()));
        error.Message.ShouldContain("BusyTimeout");
        error.IsTransient.ShouldBeTrue();
        await Execute(other, "COMMIT");
        await store.InsertAsync(Flows.New());
    }

    [Test]
    public async Task Write_CanceledWhileItWaits_DoesNotRun()
    {
        await using var store = _folder.Open();
        await store.InitializeAsync(CancellationToken.None);
        await using var other = await HoldLockAsync();
        using var cancellation = new CancellationTokenSource();
        var ran = false;
        var write = store.WriteAsync((_, _) => Task.FromResult(ran = true), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => write);
        await Execute(other, "COMMIT");
        await store.InsertAsync(Flows.New());
        ran.ShouldBeFalse();
    }

    [Test]
    public async Task Write_InsideAWrite_IsRefused()
    {
        await using var store = _folder.Open();
        await Should.ThrowAsync<InvalidOperationException>(() => store.WriteAsync((_, _) => store.InsertAsync(Flows.New()), CancellationToken.None));
    }

    [Test]
    public async Task Write_InARead_IsRefusedByTheDatabase()
    {
        await using var store = _folder.Open();
        await Should.ThrowAsync<Exception>(() => store.ReadAsync(
            async (scope, token) =>
            {
                await scope.Flows.InsertAsync(Flows.New(), token);
                return true;
            },
            CancellationToken.None));
    }

    [Test]
    public async Task Scope_KeptAfterItsWork_IsRefused()
    {
        await using var store = _folder.Open();
        var kept = await store.WriteAsync((scope, _) => Task.FromResult(scope), CancellationToken.None);
        await Should.ThrowAsync<InvalidOperationException>(() => kept.Flows.InsertAsync(Flows.New(), CancellationToken.None));
    }

    private async Task<SqliteConnection> HoldLockAsync()
    {
        var other = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        await other.OpenAsync();
        await Execute(other, "BEGIN IMMEDIATE");
        return other;
    }

    private static async Task Execute(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
