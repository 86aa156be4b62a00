using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Selfservice.Courier.Mime;
using Selfservice.Errors;

namespace Selfservice.Courier.Smtp;

/// <summary>Sends mails by SMTP. Connections stay open for a while, so that a batch needs one handshake.</summary>
internal sealed class SmtpChannel : ICourierChannel, IAsyncDisposable
{
    private const string Failure = "failed to send email via smtp";
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly SmtpOptions _options;
    private readonly SmtpEndpoint _endpoint;
    private readonly X509CertificateCollection? _certificates;
    private readonly TimeProvider _time;
    private readonly ConcurrentStack<SmtpConnection> _idle = new();
    private readonly ITimer _closer;

    /// <summary>Makes the channel; nothing is opened yet.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The certificate lives as long as the host.")]
    public SmtpChannel(SmtpOptions options, SmtpEndpoint endpoint, TimeProvider time)
    {
        (_options, _endpoint, _time) = (options, endpoint, time);
        if (options.ClientCertPath.Length > 0)
            _certificates = [X509Certificate2.CreateFromPemFile(options.ClientCertPath, options.ClientKeyPath)];
        _closer = time.CreateTimer(_ => _ = CloseIdleAsync(_time.GetUtcNow() - IdleTime), null, IdleTime, IdleTime);
    }

    public MessageChannel Channel => MessageChannel.Email;

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        SmtpConnection? connection = null;
        var usable = false;
        try
        {
            var mail = MimeMessage.Write(message, _options);
            connection = await RentAsync(cancellationToken).ConfigureAwait(false);
            await connection.SendAsync(mail, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            usable = true;
            return new SendResult.Sent();
        }
        catch (FormatException e)
        {
            return new SendResult.Refused(Error(e));
        }
        catch (SmtpException e)
        {
            return e.IsFinal ? new SendResult.Refused(Error(e)) : new SendResult.Failed(Error(e));
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or AuthenticationException)
        {
            return new SendResult.Failed(Error(e));
        }
        finally
        {
            if (usable)
                _idle.Push(connection!);
            else if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closer.DisposeAsync().ConfigureAwait(false);
        await CloseIdleAsync(DateTimeOffset.MaxValue).ConfigureAwait(false);
    }

    private static ErrorObject Error(Exception e) => new() { Code = 500, Message = Failure, Reason = e.Message };

    private async Task<SmtpConnection> RentAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out var connection))
        {
            if (await connection.IsAliveAsync(cancellationToken).ConfigureAwait(false))
                return connection;
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return await SmtpConnection.OpenAsync(_endpoint, _options.LocalName, _certificates, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseIdleAsync(DateTimeOffset usedBefore)
    {
        var kept = new List<SmtpConnection>();
        while (_idle.TryPop(out var connection))
        {
            if (connection.UsedAt > usedBefore)
            {
                kept.Add(connection);
                continue;
            }

            await connection.QuitAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        if (kept.Count > 0)
            _idle.PushRange([.. kept]);
    }
}
