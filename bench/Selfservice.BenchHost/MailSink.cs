using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>Takes every mail and counts them.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _done = new();
    private int _expected = int.MaxValue;
    private int _received;

    public MailSink()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task ReceivedAsync(int count)
    {
        _expected = count;
        return _done.Task;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
            _ = TalkAsync(await _listener.AcceptTcpClientAsync());
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line != "DATA")
                {
                    await writer.WriteLineAsync("250 ok");
                    continue;
                }

                await writer.WriteLineAsync("354 go");
                while (await reader.ReadLineAsync() is not (null or "."))
                {
                    // The mail itself.
                }

                await writer.WriteLineAsync("250 kept");
                if (Interlocked.Increment(ref _received) == _expected)
                    _done.TrySetResult();
            }
        }
    }
}
