using Selfservice.Configuration;

namespace Selfservice.Clients;

/// <summary>
/// Something made of a text that configuration names: <c>base64://</c> and <c>file://</c> are read at once, as <see cref="SourceText"/> has it; what lies on a server (<c>https://</c>, <c>http://</c>) when it is
/// first needed, and again after an hour. A server that fails or is silent then does not take away what is known: it stays in use, and the next look follows after a minute.
/// </summary>
/// <typeparam name="T">What is made of the text, such as a compiled program.</typeparam>
public sealed class ConfiguredSource<T>
{
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryTime = TimeSpan.FromMinutes(1);

    // People wait for it, and their submissions run to the end whether they go on waiting or not: without a limit a silent server would hold them for good.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly Func<string, T> _make;
    private readonly OutboundHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri? _remote;
    private Known? _known;

    /// <summary>Reads it, where it lies here.</summary>
    /// <param name="source">Where the text is.</param>
    /// <param name="make">Makes something of the text; throws <see cref="FormatException"/> where that cannot be done.</param>
    /// <param name="http">How servers are called.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">It cannot be read or used; the message is the part of a sentence that says why.</exception>
    public ConfiguredSource(string source, Func<string, T> make, OutboundHttp http, TimeProvider time)
    {
        (_make, _http, _time) = (make, http, time);
        if (Uri.TryCreate(source, UriKind.Absolute, out var remote) && remote.Scheme is "http" or "https")
            _remote = remote;
        else
            _known = new(make(SourceText.Read(source)), DateTimeOffset.MaxValue);
    }

    /// <summary>What was made of the text. Where a server has it and nothing is known yet, it waits for the server, at most 10 seconds.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FormatException">It cannot be read or used, and nothing is known from before; the message is the part of a sentence that says why.</exception>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        if (_known is not { } known)
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        if (now < known.Until)
            return known.Value;
        // Set before the look: while one caller waits for the server, the others go on with what is known.
        _known = known with { Until = now + RetryTime };
        try
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            _http.TellStale(_remote!, e.Message);
            return known.Value;
        }
    }

    private async Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var text = await _http.Client.GetStringAsync(_remote, either.Token).ConfigureAwait(false);
            var made = new Known(_make(text), _time.GetUtcNow() + Freshness);
            _known = made;
            return made.Value;
        }
        catch (HttpRequestException e)
        {
            throw new FormatException($"could not be read ({e.HttpRequestError})", e);
        }
        catch (InvalidOperationException e)
        {
            // The answer names a character set that does not exist.
            throw new FormatException("could not be read (its character set is unknown)", e);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FormatException($"could not be read within {TimeLimit.TotalSeconds} seconds", e);
        }
    }

    private sealed record Known(T Value, DateTimeOffset Until);
}
