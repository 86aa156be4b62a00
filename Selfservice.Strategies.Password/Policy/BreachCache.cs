using System.Security.Cryptography;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>Remembers a bounded number of answers of the breach check for a bounded time.</summary>
/// <remarks>
/// The keys are MACs under a key that dies with the process: an unsalted SHA-1 of a password, found in a memory dump, is broken at once.
/// All answers live equally long, so the oldest is always the first to go.
/// </remarks>
internal sealed class BreachCache(BreachedPasswordsOptions options, TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, (long Count, long Since)> _answers = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>How many answers are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _answers.Count;
        }
    }

    /// <summary>The remembered count, or null.</summary>
    public long? Find(ReadOnlySpan<byte> sha1)
    {
        var key = Key(sha1);
        lock (_gate)
        {
            Forget();
            return _answers.TryGetValue(key, out var answer) ? answer.Count : null;
        }
    }

    /// <summary>Remembers a count.</summary>
    public void Add(ReadOnlySpan<byte> sha1, long count)
    {
        var key = Key(sha1);
        lock (_gate)
        {
            if (options.CacheEntries == 0 || !_answers.TryAdd(key, (count, time.GetTimestamp())))
                return;
            _order.Enqueue(key);
            if (_answers.Count > options.CacheEntries)
                _answers.Remove(_order.Dequeue());
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(_answers[oldest].Since) >= options.CacheLifespan)
            _answers.Remove(_order.Dequeue());
    }

    private UInt128 Key(ReadOnlySpan<byte> sha1)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, sha1, mac);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(mac);
    }
}
