namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Lets a bounded number of hashes run at once and a bounded number of callers wait for them, first come, first served.</summary>
/// <remarks>
/// Without it a burst of logins takes all memory and makes every login slow (ASVS 2.4.1). A slot that has work is a thread of its own, so that no hash keeps a thread of the pool from short requests. Where many wait,
/// a slot computes several hashes in a row before it lets their callers go on: each hash empties the processor's caches, and what a request does after it takes twice as long alone as right behind another
/// that has filled them (cohort scheduling: Larus and Parkes, USENIX 2002; docs/adr/0026-hashes-in-cohorts.md).
/// </remarks>
internal sealed class HashingSlots(PasswordHashingOptions options, TimeProvider time)
{
    /// <summary>The most hashes of a slot in a row. More brought nothing that could be measured.</summary>
    private const int LongestCohort = 8;

    /// <summary>A row is at most one of so many parts of what a slot has to do until the queue is empty: with few waiting, nobody waits for anybody else.</summary>
    private const int CohortsPerQueue = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<Job> _queue = new();
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

    /// <summary>Runs the work as soon as a slot is free.</summary>
    /// <exception cref="HashingOverloadedException">The queue is full, or the wait was too long.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(new Task<T>(work));
        if (Enter(job) is { } place)
            await WaitAsync(place, cancellationToken).ConfigureAwait(false);
        // Not cancellable: a caller that hangs up must not be able to skip the counting of a failed attempt.
        return await job.Result.ConfigureAwait(false);
    }

    /// <summary>The job's place in the queue; null: it had a free slot.</summary>
    private LinkedListNode<Job>? Enter(Job job)
    {
        lock (_gate)
        {
            // Nobody waits while a slot is free: a slot is freed when the queue is empty.
            if (_free == 0)
                return _queue.Count < options.MaximumQueuedHashes ? _queue.AddLast(job) : throw new HashingOverloadedException(options.RetryAfter);
            _free--;
        }

        StartWorker(job);
        return null;
    }

    private void StartWorker(Job job)
    {
        try
        {
            new Thread(() => Work([job])) { IsBackground = true, Name = "Password hashing" }.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            // The system gives no more threads. The slot must not be lost with this one; whoever came to wait for it since is taken by the next, or refused in time.
            lock (_gate)
                _free++;
            throw new HashingOverloadedException(options.RetryAfter);
        }
    }

    private async Task WaitAsync(LinkedListNode<Job> place, CancellationToken cancellationToken)
    {
        try
        {
            await place.Value.Taken.WaitAsync(options.MaximumWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (TryWithdraw(place))
        {
            throw new HashingOverloadedException(options.RetryAfter);
        }
        catch (TimeoutException)
        {
            // A slot took it in the same moment.
        }
        catch (OperationCanceledException) when (!TryWithdraw(place))
        {
            // The same: it is computed, and counted.
        }
    }

    private bool TryWithdraw(LinkedListNode<Job> place)
    {
        lock (_gate)
        {
            if (place.List is null)
                return false;
            _queue.Remove(place);
            return true;
        }
    }

    private void Work(Job[] cohort)
    {
        for (; cohort.Length > 0; cohort = Next())
        {
            foreach (var job in cohort)
                job.Compute();
            foreach (var job in cohort)
                job.Finish();
        }
    }

    /// <summary>Those who waited longest; nobody: the slot is free.</summary>
    private Job[] Next()
    {
        Job[] next;
        lock (_gate)
        {
            if (_queue.Count == 0)
            {
                _free++;
                return [];
            }

            next = new Job[Math.Clamp(_queue.Count / (options.MaximumConcurrentHashes * CohortsPerQueue), 1, LongestCohort)];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = _queue.First!.Value;
                _queue.RemoveFirst();
            }
        }

        foreach (var job in next)
            job.Take();
        return next;
    }

    private abstract class Job
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Done when a slot has it.</summary>
        public Task Taken => _taken.Task;

        public void Take() => _taken.SetResult();

        public abstract void Compute();

        public abstract void Finish();
    }

    private sealed class Job<T>(Task<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What the work gave or threw, when its row has ended.</summary>
        public Task<T> Result => _result.Task;

        public override void Compute() => work.RunSynchronously(TaskScheduler.Default);

        public override void Finish() => _result.SetFromTask(work);
    }
}
