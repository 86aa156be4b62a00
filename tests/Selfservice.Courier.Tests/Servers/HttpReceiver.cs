using System.Globalization;
using System.Text.Json;

namespace Selfservice.Courier.Tests.Servers;

/// <summary>A request as the receiver got it; header names are lower case.</summary>
internal sealed record ReceivedRequest(string Method, string Path, Dictionary<string, string> Headers, string Body);

/// <summary>An HTTP server in a process of its own. What it took stays in a file when it is killed.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("selfservice-http-");
    private ServerProcess? _process;
    private int _port;

    public string Url => $"http://127.0.0.1:{_port}";

    public IReadOnlyList<ReceivedRequest> Received => File.Exists(Requests) ? [.. File.ReadLines(Requests).Select(line => JsonSerializer.Deserialize<ReceivedRequest>(line, Json)!)] : [];

    private string Requests => Path.Combine(_folder.FullName, "requests.jsonl");

    public static async Task<HttpReceiver> StartAsync()
    {
        if (!File.Exists(Python))
            Assert.Ignore("The receiver of these tests is not installed: apt-get install python3");
        var receiver = new HttpReceiver();
        await receiver.ReturnAsync();
        return receiver;
    }

    /// <summary>Ends it without a good-bye.</summary>
    public void Kill()
    {
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Starts it again on its port.</summary>
    public async Task ReturnAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Servers", "http_receiver.py");
        _process = await ServerProcess.StartAsync(Python, script, "--file", Requests, "--port", _port.ToString(CultureInfo.InvariantCulture));
        _port = _process.Port;
    }

    public void Dispose()
    {
        Kill();
        _folder.Delete(recursive: true);
    }
}
