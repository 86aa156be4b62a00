namespace Selfservice.Bench;

/// <summary>How soon a published host answers, each time with a new database, and what it holds while nobody asks.</summary>
internal static class StartFigures
{
    private const int Starts = 7;

    public static async Task MeasureAsync(string benchHost, string sampleHost, string composite)
    {
        (string Name, string Folder, string[] Arguments, bool IsOurs, List<double> Times, List<double> Memory)[] hosts =
        [
            ("Published host", sampleHost, [], true, [], []),
            ("Published host with the framework compiled in", composite, [], true, [], []),
            ("An empty web application with `AddAuthentication()`", benchHost, ["empty"], false, [], []),
        ];
        for (var i = 0; i < Starts; i++)
        {
            foreach (var (_, folder, arguments, _, times, memory) in hosts)
                await MeasureAsync(folder, arguments, times, memory);
        }

        foreach (var (name, _, _, isOurs, times, memory) in hosts)
        {
            var best = $"median of {Starts}, best {times.Min():0} ms";
            if (isOurs)
            {
                Figure.AtMost($"{name}: start to first answer, new database", Figure.Median(times), 500, " ms", best);
                Figure.AtMost($"{name}: idle resident memory", Figure.Median(memory), 80, " MB");
            }
            else
            {
                Figure.Told($"{name}: start to first answer", Figure.Median(times), " ms", best);
                Figure.Told($"{name}: idle resident memory", Figure.Median(memory), " MB");
            }
        }
    }

    private static async Task MeasureAsync(string published, string[] arguments, List<double> times, List<double> memory)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        await using (var host = await PublishedHost.StartAsync(published, Path.Combine(folder.FullName, "bench.db"), arguments, []))
        {
            times.Add(host.StartTime.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(2));
            memory.Add(host.ResidentMegabytes);
        }

        folder.Delete(recursive: true);
    }
}
