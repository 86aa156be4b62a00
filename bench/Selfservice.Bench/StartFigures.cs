namespace Selfservice.Bench;

/// <summary>How soon a published host answers, each time with a new database, and what it holds while nobody asks.</summary>
internal static class StartFigures
{
    private const int Starts = 7;

    public static async Task MeasureAsync(string sampleHost)
    {
        var (times, memory) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
            await using (var host = await PublishedHost.StartAsync(sampleHost, Path.Combine(folder.FullName, "bench.db")))
            {
                times.Add(host.StartTime.TotalMilliseconds);
                await Task.Delay(TimeSpan.FromSeconds(2));
                memory.Add(host.ResidentMegabytes);
            }

            folder.Delete(recursive: true);
        }

        Figure.AtMost("Published host: start to first answer, new database", Figure.Median(times), 500, " ms", $"median of {Starts}, best {times.Min():0} ms");
        Figure.AtMost("Published host: idle resident memory", Figure.Median(memory), 80, " MB");
    }
}
