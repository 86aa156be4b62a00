using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Tests;

public sealed class LogSizeTests
{
    private const int DocumentBytes = 20_000;
    private const long Written = 5 * LogKeeper.LargeBytes;

    private TemporaryFolder _folder = null!;

    private long LogBytes => new FileInfo(_folder.Database + "-wal").Length;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    /// <summary>Under load there is always a read: without a wait for it the log would grow until the disk is full.</summary>
    [Test]
    public async Task Log_WhileReadsOverlapWithoutAGap_StaysSmall()
    {
        await using var store = _folder.Open();
        var known = await store.InsertAsync(Flows.New());
        using var end = new CancellationTokenSource();
        var readers = OverlapAsync(store, known, end.Token);
        var largest = 0L;
        await Parallel.ForAsync(0, Written / DocumentBytes, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            await store.InsertAsync(Flows.New(DocumentBytes));
            InterlockedMax(ref largest, LogBytes);
        });
        await end.CancelAsync();
        await readers;
        // A busy machine may miss the readers' gap once or twice.
        largest.ShouldBeLessThan(Written * 8 / 10);
        for (var i = 0; i < 3; i++)
            await store.InsertAsync(Flows.New());
        LogBytes.ShouldBeLessThan(LogKeeper.KeptBytes + DocumentBytes);
    }

    /// <summary>Opens the next read before it ends the one before.</summary>
    private static async Task OverlapAsync(SqliteStore store, Storage.FlowRecord known, CancellationToken cancellationToken)
    {
        var (release, running) = await BeginAsync();
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = await BeginAsync();
            release.SetResult();
            await running;
            (release, running) = next;
        }

        release.SetResult();
        await running;

        async Task<(TaskCompletionSource Release, Task Running)> BeginAsync()
        {
            var (begun, held) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var running = Task.Run(
                () => store.ReadAsync(
                    async (scope, token) =>
                    {
                        await scope.Flows.FindAsync(known.Kind, known.Id, token);
                        begun.SetResult();
                        await held.Task;
                        return true;
                    },
                    CancellationToken.None),
                CancellationToken.None);
            await begun.Task;
            return (held, running);
        }
    }

    private static void InterlockedMax(ref long largest, long value)
    {
        var known = Interlocked.Read(ref largest);
        while (value > known && Interlocked.CompareExchange(ref largest, value, known) is var seen && seen != known)
            known = seen;
    }
}
