using System.Data.Common;
using Microsoft.Extensions.Hosting;

namespace Selfservice.Delivery;

/// <summary>
/// The loop of a host that delivers what waits in the store. An item is leased before an attempt and marked after it, so that a host which dies in between loses nothing: its lease ends, and another
/// attempt follows. Each receiver has a few attempts under way at most, so that one that hangs delays no other.
/// </summary>
/// <typeparam name="TItem">What is delivered.</typeparam>
/// <param name="signal">What wakes the loop before its pause ends.</param>
/// <param name="time">The clock.</param>
/// <param name="places">How many attempts at one receiver are under way at most.</param>
internal abstract class DeliveryWorker<TItem>(WorkSignal signal, TimeProvider time, int places) : BackgroundService
{
    private readonly AttemptSlots _slots = new(places, signal.Set);

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>How long after a look that found nothing the next follows, unless something is due before.</summary>
    protected abstract TimeSpan Pause { get; }

    /// <summary>When the first item is or was due that does not go to one of the given receivers; null when none waits.</summary>
    protected abstract Task<DateTimeOffset?> FirstDueAsync(IReadOnlyList<string> except, CancellationToken cancellationToken);

    /// <summary>Takes items that are due and do not go to one of the given receivers.</summary>
    protected abstract Task<IReadOnlyList<TItem>> LeaseAsync(int limit, IReadOnlyList<string> except, CancellationToken cancellationToken);

    /// <summary>Where an item goes.</summary>
    protected abstract string ReceiverOf(TItem item);

    /// <summary>Makes an attempt and marks what came of it. It is not stopped with the host: what has begun is ended and marked, or the receiver would get it twice.</summary>
    protected abstract Task DeliverAsync(TItem item);

    /// <summary>Tells the log that the store failed. What was delivered and not marked is delivered again when its lease ends.</summary>
    protected abstract void TellStoreFailed(DbException error);

    /// <summary>Begins attempts at what is due, as many as receivers have places.</summary>
    /// <returns>When the next look makes sense at the latest, unless an attempt ends before; null for at once.</returns>
    public async Task<TimeSpan?> LookAsync(CancellationToken cancellationToken)
    {
        await _slots.CollectAsync().ConfigureAwait(false);
        var full = _slots.Full;
        var now = time.GetUtcNow();
        // A look that finds nothing must not wait for writers.
        var due = await FirstDueAsync(full, cancellationToken).ConfigureAwait(false);
        if (due is null || due > now)
            return due - now < Pause ? due - now : Pause;
        foreach (var item in await LeaseAsync(_slots.Free, full, cancellationToken).ConfigureAwait(false))
            _slots.Begin(ReceiverOf(item), () => DeliverAsync(item));
        return null;
    }

    /// <summary>Waits for the attempts that are under way.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _slots.EndAsync().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            TellStoreFailed(e);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await LookAndWaitAsync(stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    private async Task LookAndWaitAsync(CancellationToken cancellationToken)
    {
        var pause = Pause;
        try
        {
            if (await LookAsync(cancellationToken).ConfigureAwait(false) is not { } wait)
                return;
            pause = wait;
        }
        catch (DbException e)
        {
            TellStoreFailed(e);
        }

        await signal.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
    }
}
