using System.Collections.Concurrent;

namespace Selfservice.Delivery;

/// <summary>
/// The attempts of a background worker that are under way. Each receiver has so many places at most, and a place is free again as soon as its attempt ends: a receiver that hangs makes neither
/// the others wait nor what goes to a place of its own that works. The worker's one loop uses it.
/// </summary>
/// <param name="places">How many attempts at one receiver are under way at most.</param>
/// <param name="wake">Has the loop look again; called whenever an attempt has ended.</param>
internal sealed class AttemptSlots(int places, Action wake)
{
    private readonly HashSet<Attempt> _running = [];
    private readonly ConcurrentQueue<Attempt> _ended = new();

    /// <summary>The receivers whose places are all taken.</summary>
    public IReadOnlyList<string> Full => [.. Taken().Where(r => r.Count >= places).Select(r => r.Receiver)];

    /// <summary>How many attempts may be begun, whichever of the other receivers they go to; at least 1.</summary>
    public int Free => places - Taken().Select(r => r.Count).Where(count => count < places).DefaultIfEmpty().Max();

    /// <summary>Begins an attempt.</summary>
    /// <param name="receiver">Where it goes.</param>
    /// <param name="work">What it does.</param>
    public void Begin(string receiver, Func<Task> work)
    {
        var attempt = new Attempt(receiver);
        _running.Add(attempt);
        attempt.Run = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                _ended.Enqueue(attempt);
                wake();
            }
        });
    }

    /// <summary>Frees the places of the attempts that have ended, and throws what one of them threw.</summary>
    public async Task CollectAsync()
    {
        while (_ended.TryDequeue(out var attempt))
        {
            _running.Remove(attempt);
            await attempt.Run.ConfigureAwait(false);
        }
    }

    /// <summary>Waits for all attempts, and throws what one of them threw.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(_running.Select(attempt => attempt.Run)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CollectAsync().ConfigureAwait(false);
    }

    private IEnumerable<(string Receiver, int Count)> Taken() => _running.GroupBy(attempt => attempt.Receiver, StringComparer.Ordinal).Select(group => (group.Key, group.Count()));

    private sealed class Attempt(string receiver)
    {
        public string Receiver => receiver;

        public Task Run { get; set; } = Task.CompletedTask;
    }
}
