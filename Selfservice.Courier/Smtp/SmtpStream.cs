using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Selfservice.Courier.Smtp;

/// <summary>The bytes of a connection as commands and replies, each within a time limit, unless its reader says otherwise.</summary>
internal sealed class SmtpStream(Stream stream, TimeProvider time) : IAsyncDisposable
{
    // RFC 5321, 4.5.3.1.5 allows 512 bytes; servers write more, but not without end.
    private const int LongestLine = 4096;
    private const int MostLines = 100;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Goes on in TLS, 1.2 or newer.</summary>
    [SuppressMessage("Security", "CA5398", Justification = "The system's own choice may allow what is older.")]
    [SuppressMessage("Security", "CA5359", Justification = "Only where the connection URI says skip_ssl_verify.")]
    public async Task SecureAsync(SmtpEndpoint endpoint, X509CertificateCollection? certificates, CancellationToken cancellationToken)
    {
        // Somebody on the way could have put commands' answers before the handshake (RFC 3207, 6): nothing of that may count afterwards.
        if (_end > _start)
            throw new SmtpException("The server sent more than its answer to STARTTLS.");
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.ServerName,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificates = certificates,
        };
        if (endpoint.SkipCertificateCheck)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var secure = new SslStream(_stream);
        _stream = secure;
        await WithinAsync(token => secure.AuthenticateAsClientAsync(options, token), cancellationToken).ConfigureAwait(false);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => WithinAsync(
        async token =>
        {
            await _stream.WriteAsync(bytes, token).ConfigureAwait(false);
            await _stream.FlushAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Reads a reply of one or more lines (RFC 5321, 4.2.1).</summary>
    public Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken) => ReadReplyAsync(isLimited: true, cancellationToken);

    /// <summary>Reads a reply for which the server may take as long as the caller waits.</summary>
    public Task<SmtpReply> ReadLateReplyAsync(CancellationToken cancellationToken) => ReadReplyAsync(isLimited: false, cancellationToken);

    /// <summary>Sends a command and reads its reply.</summary>
    public async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        // A line end inside would be a second command.
        if (command.AsSpan().ContainsAny('\r', '\n'))
            throw new FormatException("A command has a line end.");
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken).ConfigureAwait(false);
        return await ReadReplyAsync(cancellationToken).ConfigureAwait(false);
    }

    // RFC 5321, 4.2.1: all lines but the last have a hyphen after the code.
    private async Task<SmtpReply> ReadReplyAsync(bool isLimited, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(isLimited, cancellationToken).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || (line.Length > 3 && line[3] is not (' ' or '-')))
                throw new SmtpException("The server's answer is no SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
        }

        throw new SmtpException("The server's answer does not end.");
    }

    private async Task<string> ReadLineAsync(bool isLimited, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, end).TrimEnd('\r');
                _start += end + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                throw new SmtpException("The server's answer has a line without end.");
            await (isLimited ? WithinAsync(FillAsync, cancellationToken) : FillAsync(cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
    }

    private async Task WithinAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not answer within {TimeLimit.TotalSeconds} seconds.");
        }
    }
}
