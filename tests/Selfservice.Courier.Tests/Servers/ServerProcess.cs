using System.Diagnostics;
using System.Globalization;

namespace Selfservice.Courier.Tests.Servers;

/// <summary>A server in a process of its own, which prints its port when it is ready and can be killed as a machine dies.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<ServerProcess> StartAsync(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException(program);
        var port = await process.StandardOutput.ReadLineAsync();
        return port is null ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()) : new(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
