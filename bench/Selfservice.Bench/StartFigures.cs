namespace Selfservice.Bench;

/// <summary>How soon a published host answers, each time with a new database, and what it holds while nobody asks.</summary>
internal static class StartFigures
{
    private const int Starts = 7;

    public static async Task MeasureAsync(string sampleHost, string composite)
    {
        (string Name, string Folder, List<double> Times, List<double> Memory)[] hosts =
        [
            ("Published host", sampleHost, [], []), ("Published host with the framework compiled in", composite, [], []),
        ];
        for (var i = 0; i < Starts; i++)
        {
            foreach (var (_, folder, times, memory) in hosts)
                await MeasureAsync(folder, times, memory);
        }

        foreach (var (name, _, times, memory) in hosts)
        {
            Figure.AtMost($"{name}: start to first answer, new database", Figure.Median(times), 500, " ms", $"median of {Starts}, best {times.Min():0} ms");
            Figure.AtMost($"{name}: idle resident memory", Figure.Median(memory), 80, " MB");
        }
    }

    private static async Task MeasureAsync(string published, List<double> times, List<double> memory)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        await using (var host = await PublishedHost.StartAsync(published, Path.Combine(folder.FullName, "bench.db")))
        {
            times.Add(host.StartTime.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(2));
            memory.Add(host.ResidentMegabytes);
        }

        folder.Delete(recursive: true);
    }
}
