using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Clients;

/// <summary>
/// Calls addresses that configuration or other servers name. It follows no redirects, and unless <c>Clients:Http:DisallowPrivateIpRanges</c> is off it connects to nothing but the
/// Internet: the address that was checked is the one that is connected to, so that a name which resolves differently the second time gains nothing.
/// </summary>
public sealed partial class OutboundHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // So that a changed address in the name system is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private const int MaximumAnswerBytes = 1024 * 1024;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    // Made at the first call: most hosts start, and many live, without one.
    private readonly Lazy<HttpClient> _client;

    private readonly ILogger _logger;

    /// <summary>Makes the client; use one for the whole host.</summary>
    /// <param name="options">Which addresses may be called.</param>
    /// <param name="logger">Told what could not be read again; null for nobody.</param>
    public OutboundHttp(IOptions<SelfserviceOptions> options, ILogger<OutboundHttp>? logger = null)
        // Not read here: what checks options is made of this, and settings that cannot work are to be told together.
        : this(() => options.Value.Clients.Http.DisallowPrivateIpRanges, Dns.GetHostAddressesAsync, logger)
    {
    }

    internal OutboundHttp(bool publicOnly, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
        : this(() => publicOnly, resolve, null)
    {
    }

    private OutboundHttp(Func<bool> publicOnly, Func<string, CancellationToken, Task<IPAddress[]>> resolve, ILogger? logger)
    {
        (_resolve, _logger) = (resolve, logger ?? NullLogger.Instance);
        _client = new(() => Make(publicOnly()));
    }

    /// <summary>The client: no cookies, no redirects, answers of at most 1 MiB. It has no time limit of its own; bound each call with a token.</summary>
    public HttpClient Client => _client.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    private HttpClient Make(bool publicOnly)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = ConnectionLifetime };
        if (publicOnly)
        {
            // A proxy would resolve the name itself, after our check.
            handler.UseProxy = false;
            handler.ConnectCallback = ConnectToPublicAsync;
        }

        var client = new HttpClient(handler) { MaxResponseContentBufferSize = MaximumAnswerBytes, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("Selfservice", null));
        return client;
    }

    /// <summary>Tells the log that what is in use may be out of date. A path or a query may hold a secret.</summary>
    internal void TellStale(Uri source, string fault) => LogStale(source.Host, fault);

    [LoggerMessage(1101, LogLevel.Warning, "What lies at {Host} {Fault}; what was read before stays in use.", EventName = "SourceStale")]
    private partial void LogStale(string host, string fault);

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket; after a failure it is disposed of here.")]
    private async ValueTask<Stream> ConnectToPublicAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, PublicAddresses.Contain);
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                $"{host} is not on the Internet; to call addresses of the own network, set Selfservice:Clients:Http:DisallowPrivateIpRanges to false.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
