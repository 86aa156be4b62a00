using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Selfservice.Courier.Mime;

namespace Selfservice.Courier.Smtp;

/// <summary>A conversation with a server: SMTP (RFC 5321) with STARTTLS (RFC 3207) and AUTH (RFC 4954).</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    private readonly SmtpStream _stream;
    private Dictionary<string, string> _extensions = [];

    private SmtpConnection(SmtpStream stream) => _stream = stream;

    /// <summary>When it was last of use.</summary>
    public DateTimeOffset UsedAt { get; private set; }

    /// <summary>Connects, secures the connection and signs in.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection owns the stream; after a failure it is disposed of here.")]
    public static async Task<SmtpConnection> OpenAsync(SmtpEndpoint endpoint, string localName, X509CertificateCollection? certificates, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(new SmtpStream(await ConnectAsync(endpoint, time, cancellationToken).ConfigureAwait(false), time));
        try
        {
            await connection.GreetAsync(endpoint, localName, certificates, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the server still listens. Also drops what a broken transaction left behind (RFC 5321, 4.1.1.5).</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _stream.CommandAsync("RSET", cancellationToken).ConfigureAwait(false)).IsPositive;
        }
        catch (Exception e) when (e is IOException or SmtpException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Sends a mail (RFC 5321, 3.3).</summary>
    /// <exception cref="SmtpException">The server refuses it.</exception>
    public async Task SendAsync(MimeMessage mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var utf8 = mail.NeedsUtf8;
        // RFC 6531, 3.2: an address beyond ASCII must not be sent to a server that does not say it takes them.
        if (utf8 && !_extensions.ContainsKey("SMTPUTF8"))
            throw new SmtpException("The address has letters beyond ASCII before the at sign, which the server does not take.", isFinal: true);
        await DemandAsync($"MAIL FROM:<{mail.From.OnTheWire}>{(utf8 ? " SMTPUTF8" : "")}", isAboutMessage: false, cancellationToken).ConfigureAwait(false);
        foreach (var recipient in mail.Recipients)
            await DemandAsync($"RCPT TO:<{recipient.OnTheWire}>", isAboutMessage: true, cancellationToken).ConfigureAwait(false);
        await DemandAsync("DATA", isAboutMessage: true, cancellationToken).ConfigureAwait(false);
        await _stream.WriteAsync(Data(mail.Text), cancellationToken).ConfigureAwait(false);
        // RFC 5321, 4.5.3.2.6: after the text the server works, for minutes where it scans. Who gives up early sends the mail again, and it arrives several times; so all that is left of the attempt is waited.
        Demand("DATA", await _stream.ReadLateReplyAsync(cancellationToken).ConfigureAwait(false), isAboutMessage: true);
        UsedAt = now;
    }

    /// <summary>Says good-bye.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await _stream.CommandAsync("QUIT", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SmtpException or TimeoutException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>RFC 5321, 4.5.2: a dot at the beginning of a line is doubled, and a lone dot ends the mail.</summary>
    internal static byte[] Data(string mail)
    {
        var stuffed = mail.StartsWith('.') ? "." + mail : mail;
        stuffed = stuffed.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(stuffed + (stuffed.EndsWith("\r\n", StringComparison.Ordinal) ? ".\r\n" : "\r\n.\r\n"));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket; after a failure it is disposed of here.")]
    private static async Task<NetworkStream> ConnectAsync(SmtpEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // Without the delay, in which the system gathers small packets, a command takes microseconds and not 40 milliseconds.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, either.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"No connection within {ConnectTime.TotalSeconds} seconds.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task GreetAsync(SmtpEndpoint endpoint, string localName, X509CertificateCollection? certificates, CancellationToken cancellationToken)
    {
        if (endpoint.Security == SmtpSecurity.Implicit)
            await _stream.SecureAsync(endpoint, certificates, cancellationToken).ConfigureAwait(false);
        Demand("greeting", await _stream.ReadReplyAsync(cancellationToken).ConfigureAwait(false), isAboutMessage: false);
        await HelloAsync(localName, cancellationToken).ConfigureAwait(false);
        if (endpoint.Security == SmtpSecurity.StartTls)
        {
            if (!_extensions.ContainsKey("STARTTLS"))
                throw new SmtpException("The server does not offer STARTTLS; use smtps:// or, on a network that nobody else is on, disable_starttls=true.");
            await DemandAsync("STARTTLS", isAboutMessage: false, cancellationToken).ConfigureAwait(false);
            await _stream.SecureAsync(endpoint, certificates, cancellationToken).ConfigureAwait(false);
            // RFC 3207, 4.2: what was learnt before does not count any more.
            await HelloAsync(localName, cancellationToken).ConfigureAwait(false);
        }

        if (endpoint.Credential is { } credential)
            await SignInAsync(credential.UserName, credential.Password, cancellationToken).ConfigureAwait(false);
    }

    private async Task HelloAsync(string localName, CancellationToken cancellationToken)
    {
        var reply = await DemandAsync($"EHLO {localName}", isAboutMessage: false, cancellationToken).ConfigureAwait(false);
        _extensions = reply.Lines.Skip(1).Select(line => line.Split(' ', 2)).GroupBy(words => words[0].ToUpperInvariant())
            .ToDictionary(g => g.Key, g => g.Last() is [_, var parameters] ? parameters.ToUpperInvariant() : "");
    }

    private async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var mechanisms = _extensions.GetValueOrDefault("AUTH", "").Split(' ');
        if (mechanisms.Contains("PLAIN"))
        {
            // RFC 4616: no authorization identity, the user, the password. The command itself is no text for errors.
            Demand("AUTH", await _stream.CommandAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", cancellationToken).ConfigureAwait(false), isAboutMessage: false);
        }
        else if (mechanisms.Contains("LOGIN"))
        {
            foreach (var line in new[] { "AUTH LOGIN", Base64(user), Base64(password) })
                Demand("AUTH", await _stream.CommandAsync(line, cancellationToken).ConfigureAwait(false), isAboutMessage: false);
        }
        else
            throw new SmtpException("The server offers neither AUTH PLAIN nor AUTH LOGIN; leave the user out of the connection URI if it needs none.");
    }

    private async Task<SmtpReply> DemandAsync(string command, bool isAboutMessage, CancellationToken cancellationToken)
    {
        var reply = await _stream.CommandAsync(command, cancellationToken).ConfigureAwait(false);
        Demand(command.Split(' ', ':')[0], reply, isAboutMessage);
        return reply;
    }

    /// <summary>A refusal for good (5yz) of what concerns the message ends it. Where it concerns the sign-in or the sender, the settings are wrong, and mending them must not come too late.</summary>
    private static void Demand(string command, SmtpReply reply, bool isAboutMessage)
    {
        if (!reply.IsPositive)
            throw new SmtpException($"{command}: {reply}", isFinal: isAboutMessage && reply.Code >= 500);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
