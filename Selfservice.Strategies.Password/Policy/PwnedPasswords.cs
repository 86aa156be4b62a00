using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>Asks a service of the range protocol of Have I Been Pwned. Use one for the whole host.</summary>
/// <remarks>
/// K-anonymity: only the first five of forty hexadecimal digits of the password's SHA-1 leave the host, and the answer lists everything that begins
/// with them; padding hides from a listener how much that is. Neither the password nor its hash is logged.
/// </remarks>
public sealed partial class PwnedPasswords : IBreachedPasswords
{
    /// <summary>The name under which the client is taken from <see cref="IHttpClientFactory"/>; a host may add a proxy or its own handlers to it.</summary>
    /// <remarks>Register it with <c>RemoveAllLoggers()</c>: the factory's own loggers write the address, which ends in five digits of the hash.</remarks>
    public const string HttpClientName = "Selfservice.PwnedPasswords";

    private const int PrefixDigits = 5;

    private readonly BreachedPasswordsOptions _options;
    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<PwnedPasswords> _logger;
    private readonly BreachCache _cache;
    private readonly Counter<long> _outages;

    /// <summary>Makes the breach check.</summary>
    /// <param name="options">Where to ask; validated here.</param>
    /// <param name="clients">Gives the client named <see cref="HttpClientName"/>.</param>
    /// <param name="time">The clock of the timeout and of the cache.</param>
    /// <param name="meters">
    /// Gives the meter <c>Selfservice</c>, whose counter <c>selfservice.password.breach_check.outages</c> counts questions without answer.
    /// </param>
    /// <param name="logger">Told about each outage.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meters that it makes.")]
    public PwnedPasswords(
        BreachedPasswordsOptions options, IHttpClientFactory clients, TimeProvider time, IMeterFactory meters, ILogger<PwnedPasswords> logger)
    {
        options.Validate();
        _options = options;
        _clients = clients;
        _time = time;
        _logger = logger;
        _cache = new BreachCache(options, time);
        _outages = meters.Create("Selfservice").CreateCounter<long>(
            "selfservice.password.breach_check.outages", "{question}", "Questions to the breach check that got no usable answer.");
    }

    internal int CachedAnswers => _cache.Count;

    /// <inheritdoc/>
    public async ValueTask<long?> CountAsync(string password, CancellationToken cancellationToken)
    {
        var sha1 = Sha1(password);
        if (_cache.Find(sha1) is { } known)
            return known;

        var digits = Convert.ToHexString(sha1);
        var count = await AskAsync(digits[..PrefixDigits], digits[PrefixDigits..], cancellationToken).ConfigureAwait(false);
        if (count is null)
            _outages.Add(1);
        else
            _cache.Add(sha1, count.Value);
        return count;
    }

    private async Task<long?> AskAsync(string prefix, string suffix, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = _clients.CreateClient(HttpClientName);
            client.MaxResponseContentBufferSize = _options.MaximumResponseBytes;
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_options.BaseAddress, $"/range/{prefix}"));
            request.Headers.Add("Add-Padding", "true");
            // The public service refuses clients without a name.
            request.Headers.Add("User-Agent", "Selfservice");
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                return BreachRange.CountOf(answer, Encoding.ASCII.GetBytes(suffix));
            }

            LogBadStatus((int)response.StatusCode);
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogTimeout(_options.Timeout);
            return null;
        }
        catch (HttpRequestException failure)
        {
            // Not the exception itself: its text may name the address, which ends in a part of the hash.
            LogUnreachable(failure.HttpRequestError);
            return null;
        }
    }

    // The protocol is defined on SHA-1; nothing here rests on its strength.
    [SuppressMessage("Security", "CA5350", Justification = "The range protocol is defined on SHA-1.")]
    private static byte[] Sha1(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return SHA1.HashData(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    [LoggerMessage(
        2011, LogLevel.Warning,
        "The breach check answered with status {Status}: the password was not looked up.",
        EventName = "BreachCheckBadStatus")]
    private partial void LogBadStatus(int status);

    [LoggerMessage(
        2012, LogLevel.Warning,
        "The breach check did not answer within {Timeout}: the password was not looked up.",
        EventName = "BreachCheckTimeout")]
    private partial void LogTimeout(TimeSpan timeout);

    [LoggerMessage(
        2013, LogLevel.Warning,
        "The breach check gave no usable answer ({Error}): the password was not looked up.",
        EventName = "BreachCheckUnreachable")]
    private partial void LogUnreachable(HttpRequestError error);
}
