using System.Diagnostics;
using Selfservice.Persistence;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Bench;

/// <summary>The store by itself, without a host around it: what docs/storage.md keeps.</summary>
internal static class StoreFigures
{
    private const int Writes = 20_000, Reads = 50_000, Identities = 1_000;

    public static async Task MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        await MeasureAsync(Path.Combine(folder.FullName, "store.db"), syncs: false);
        await MeasureAsync(Path.Combine(folder.FullName, "synced.db"), syncs: true);
        folder.Delete(recursive: true);
    }

    private static async Task MeasureAsync(string database, bool syncs)
    {
        await using var store = new SqliteStore(new() { ConnectionString = $"Data Source={database}", SyncEveryCommit = syncs }, TimeProvider.System);
        await store.InitializeAsync(CancellationToken.None);
        foreach (var callers in new[] { 1, 32, 128 })
        {
            // The first time warms up.
            await WriteAsync(store, callers);
            Figure.Told($"Store: writes of one row a second, {callers} at once{(syncs ? ", each commit flushed" : "")}", await WriteAsync(store, callers), "");
        }

        if (syncs)
            return;
        Population.Fill(database, Identities);
        await ReadAsync(store);
        Figure.Told("Store: sessions found by their token a second, one caller", await ReadAsync(store), "");
    }

    private static async Task<double> WriteAsync(SqliteStore store, int callers)
    {
        var (start, end) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var budget = new Budget("bench", $"{start} {caller}", int.MaxValue, TimeSpan.FromHours(1));
            for (var i = 0; i < Writes / callers; i++)
                await store.WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(budget, end, token), CancellationToken.None);
        })));
        return Writes / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> ReadAsync(SqliteStore store)
    {
        var tokens = Enumerable.Range(1, Identities).Select(n => SessionTokens.Hash(Population.Token(n))).ToArray();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Reads; i++)
        {
            var hash = tokens[i * 7 % tokens.Length];
            _ = await store.ReadAsync((scope, token) => scope.Sessions.FindByTokenAsync(hash, token), CancellationToken.None) ?? throw new InvalidOperationException("A session of the bench is not there.");
        }

        return Reads / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
