namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Keeps the wiped memory of finished hashes for the next ones, for a short time.</summary>
/// <remarks>
/// A fresh 19 MiB costs almost 5,000 page faults: a hash in kept memory takes down to half the time. An idle host must not hold it, so each memory is
/// given back when it was not used for <see cref="PasswordHashingOptions.IdleMemoryLifespan"/>. The last returned is the first taken,
/// hence after a burst the surplus grows old and goes.
/// </remarks>
internal sealed class Argon2MemoryPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(Argon2Memory Memory, long Since)> _idle = [];
    private readonly int _blocks;
    private readonly TimeSpan _lifespan;
    private readonly TimeProvider _time;
    private readonly ITimer _trimming;
    private bool _isTrimmingDue;
    private bool _isDisposed;

    public Argon2MemoryPool(PasswordHashingOptions options, TimeProvider time)
    {
        _blocks = Argon2.BlocksFor(options.Parameters);
        _lifespan = options.IdleMemoryLifespan;
        _time = time;
        _trimming = time.CreateTimer(static pool => ((Argon2MemoryPool)pool!).Trim(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many memories are kept now.</summary>
    public int Idle
    {
        get
        {
            lock (_gate)
                return _idle.Count;
        }
    }

    /// <summary>A wiped memory of at least that many blocks. Only hashes with the current parameters share memory.</summary>
    public Argon2Memory Take(int blocks)
    {
        if (blocks == _blocks)
        {
            lock (_gate)
            {
                if (_idle.Count > 0)
                {
                    var memory = _idle[^1].Memory;
                    _idle.RemoveAt(_idle.Count - 1);
                    return memory;
                }
            }
        }

        return new Argon2Memory(blocks);
    }

    /// <summary>Takes back a wiped memory, to keep or to free.</summary>
    public void Return(Argon2Memory memory)
    {
        if (memory.Blocks == _blocks && _lifespan > TimeSpan.Zero)
        {
            lock (_gate)
            {
                if (!_isDisposed)
                {
                    _idle.Add((memory, _time.GetTimestamp()));
                    if (!_isTrimmingDue)
                        TrimIn(_lifespan);
                    return;
                }
            }
        }

        memory.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trimming.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            Free(_idle.Count);
        }
    }

    private void Trim()
    {
        lock (_gate)
        {
            _isTrimmingDue = false;
            // One reading of the clock for all: with a later one, what is not old enough to go could be too old to wait for.
            var now = _time.GetTimestamp();
            // The longest idle stand first.
            var old = 0;
            while (old < _idle.Count && _time.GetElapsedTime(_idle[old].Since, now) >= _lifespan)
                old++;
            Free(old);
            if (_idle.Count > 0 && !_isDisposed)
                TrimIn(_lifespan - _time.GetElapsedTime(_idle[0].Since, now));
        }
    }

    private void TrimIn(TimeSpan delay)
    {
        _isTrimmingDue = true;
        // A timer counts whole milliseconds and must not come too early.
        _trimming.Change(delay + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void Free(int count)
    {
        for (var i = 0; i < count; i++)
            _idle[i].Memory.Dispose();
        _idle.RemoveRange(0, count);
    }
}
