namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Lets a bounded number of hashes run at once and a bounded number of callers wait for them, first come, first served.</summary>
/// <remarks>Without it a burst of logins takes all memory and makes every login slow (ASVS 2.4.1).</remarks>
internal sealed class HashingSlots(PasswordHashingOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _queue = new();
    private int _free = options.MaximumConcurrentHashes;

    /// <summary>How many callers wait now.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    /// <summary>Runs the work on a pool thread as soon as a slot is free.</summary>
    /// <exception cref="HashingOverloadedException">The queue is full, or the wait was too long.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        // Fair: behind whatever the pool has to do already, so that short requests get their turn between two hashes. Not cancellable: a
        // caller that hangs up must not be able to skip the counting of a failed attempt.
        return await Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work();
                }
                finally
                {
                    Leave();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.PreferFairness | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> turn;
        lock (_gate)
        {
            // Nobody waits while a slot is free: Leave hands a slot on without freeing it.
            if (_free > 0)
            {
                _free--;
                return;
            }

            if (_queue.Count >= options.MaximumQueuedHashes)
                throw new HashingOverloadedException(options.RetryAfter);
            turn = _queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await turn.Value.Task.WaitAsync(options.MaximumWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (TryWithdraw(turn))
                throw new HashingOverloadedException(options.RetryAfter);
            // The slot came in the same moment: use it.
        }
        catch (OperationCanceledException)
        {
            if (!TryWithdraw(turn))
                Leave();
            throw;
        }
    }

    private bool TryWithdraw(LinkedListNode<TaskCompletionSource> turn)
    {
        lock (_gate)
        {
            if (turn.List is null)
                return false;
            _queue.Remove(turn);
            return true;
        }
    }

    private void Leave()
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            if (_queue.First is not { } first)
            {
                _free++;
                return;
            }

            _queue.RemoveFirst();
            next = first.Value;
        }

        next.SetResult();
    }
}
