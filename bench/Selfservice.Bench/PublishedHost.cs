using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Selfservice.Bench;

/// <summary>A published host in a process of its own, as in production, on a free port.</summary>
internal sealed class PublishedHost : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private PublishedHost(Process process, Uri address, HttpClient client) => (_process, Address, Client) = (process, address, client);

    public Uri Address { get; }

    /// <summary>A client without cookies that opens as many connections as it is asked to.</summary>
    public HttpClient Client { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; private init; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes => Status("VmRSS");

    public double PeakResidentMegabytes => Status("VmHWM");

    public static Task<PublishedHost> StartAsync(string folder, string database, params IEnumerable<(string Name, string Value)> settings) => StartAsync(folder, database, [], settings);

    public static async Task<PublishedHost> StartAsync(string folder, string database, string[] arguments, IEnumerable<(string Name, string Value)> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var assembly = Path.ChangeExtension(Directory.GetFiles(folder, "*.runtimeconfig.json").Single(), null);
        // The folder's own executable, "name" beside "name.dll", as an operator starts it.
        var start = new ProcessStartInfo(Path.ChangeExtension(assembly, null), arguments) { WorkingDirectory = Path.GetDirectoryName(database), RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = start.Environment["Selfservice__PublicUrl"] = address.ToString().TrimEnd('/');
        start.Environment["ConnectionStrings__Selfservice"] = "Data Source=" + database;
        start.Environment["Selfservice__Secrets__Default__0"] = "a key that protects nothing but measurements";
        start.Environment["Selfservice__Methods__Password__Config__HaveibeenpwnedEnabled"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in settings)
            start.Environment["Selfservice__" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1024 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        await UntilAnswerAsync(client, process, began);
        return new(process, address, client) { StartTime = Stopwatch.GetElapsedTime(began) };
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
    }

    private static async Task UntilAnswerAsync(HttpClient client, Process process, long began)
    {
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(began) < StartLimit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Kibibytes, from the kernel's own account of the process.
    private double Status(string key) => File.ReadLines($"/proc/{_process.Id}/status").Where(line => line.StartsWith(key + ":", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024).Single();
}
