using System.Threading.Channels;

namespace Selfservice.Delivery;

/// <summary>Wakes a background worker. Any number of calls before it looks are one.</summary>
internal class WorkSignal(TimeProvider time)
{
    private readonly Channel<object> _calls = Channel.CreateBounded<object>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _calls.Writer.TryWrite(this);

    /// <summary>Waits for a call, at most as long as given.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _calls.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody called; time to look all the same.
        }
    }
}
