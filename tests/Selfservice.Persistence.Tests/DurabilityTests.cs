using Dapper;
using Microsoft.Data.Sqlite;
using Selfservice.Storage;

namespace Selfservice.Persistence.Tests;

public sealed class DurabilityTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Write_OnAFullDisk_FailsClearlyAndLeavesTheDatabaseIntact()
    {
        var kept = new List<FlowRecord>();
        await using (var store = _folder.Open())
        {
            await store.InitializeAsync(CancellationToken.None);
            await store.LimitPagesAsync(80);
            var failed = 0;
            await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
            {
                try
                {
                    var flow = await store.InsertAsync(Flows.New(size: 20_000));
                    lock (kept)
                        kept.Add(flow);
                }
                catch (StoreUnavailableException e)
                {
                    e.Message.ShouldContain("full");
                    Interlocked.Increment(ref failed);
                }
            })));
            failed.ShouldBeGreaterThan(0);
            foreach (var flow in kept)
                (await store.FindAsync(flow)).ShouldNotBeNull();
            await store.LimitPagesAsync(10_000);
            kept.Add(await store.InsertAsync(Flows.New(size: 20_000)));
        }

        await using var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        (await db.ExecuteScalarAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
        (await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM flows")).ShouldBe(kept.Count);
    }

    [Test]
    public async Task Store_CopiedInTheMiddleOfWrites_HasWholeUnitsOnly()
    {
        var copy = _folder.In("copy.db");
        await using (var store = _folder.Open())
        {
            await store.InitializeAsync(CancellationToken.None);
            var writes = Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
            {
                await store.WriteAsync(
                    async (scope, token) =>
                    {
                        await scope.Flows.InsertAsync(Flows.New(), token);
                        await scope.Flows.InsertAsync(Flows.New(), token);
                        return true;
                    },
                    CancellationToken.None);
                if (i == 20)
                    Copy(copy);
            })).ToArray();
            await Task.WhenAll(writes);
        }

        // What a crash would have left: the file and a log that ends anywhere.
        await using (var reopened = _folder.Open(copy))
            await reopened.CheckAsync(CancellationToken.None);
        await using var db = new SqliteConnection($"Data Source={copy};Pooling=False");
        (await db.ExecuteScalarAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
        (await db.ExecuteScalarAsync<int>("SELECT COUNT(*) % 2 FROM flows")).ShouldBe(0);
    }

    [Test]
    public async Task Store_DisposedInTheMiddleOfWrites_KeepsWhatItAnsweredAndRefusesTheRest()
    {
        var store = _folder.Open();
        await store.InitializeAsync(CancellationToken.None);
        var writes = Enumerable.Range(0, 200).Select(_ => Task.Run(() => store.InsertAsync(Flows.New()))).ToArray();
        await writes[0];
        await store.DisposeAsync();
        await store.DisposeAsync();
        var kept = 0;
        foreach (var write in writes)
        {
            try
            {
                await write;
                kept++;
            }
            catch (ObjectDisposedException)
            {
                // Came too late.
            }
        }

        await using var db = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        (await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM flows")).ShouldBe(kept);
    }

    [Test]
    [Platform(Exclude = "Win")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Store_Made_IsTheOwnersAlone()
    {
        await using var store = _folder.Open();
        await store.InsertAsync(Flows.New());
        foreach (var file in new[] { _folder.Database, _folder.Database + "-wal" })
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Copy(string to)
    {
        foreach (var suffix in new[] { "", "-wal" })
        {
            using var from = new FileStream(_folder.Database + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = new FileStream(to + suffix, FileMode.CreateNew);
            from.CopyTo(target);
        }
    }
}

internal static class PageLimits
{
    /// <summary>Makes the disk end, as far as the writer's connection knows.</summary>
    public static Task LimitPagesAsync(this SqliteStore store, int pages) => store.WriteAsync(
        async (scope, token) =>
        {
            await ((Sqlite.SqliteScope)scope).Use(token).Db.ExecuteAsync($"PRAGMA max_page_count = {pages}");
            return true;
        },
        CancellationToken.None);
}
