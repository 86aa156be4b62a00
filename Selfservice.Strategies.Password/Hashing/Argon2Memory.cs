using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The blocks of one running hash, outside the managed heap: the collector neither moves nor copies what they hold.</summary>
/// <remarks>Holds nothing of a hash that ended: <see cref="Argon2.Hash"/> wipes it, before it is kept or given back.</remarks>
internal sealed unsafe class Argon2Memory : IDisposable
{
    private const int CacheLineBytes = 64;
    private ulong* _blocks;

    public Argon2Memory(int blocks)
    {
        Blocks = blocks;
        _blocks = (ulong*)NativeMemory.AlignedAlloc((nuint)blocks * Argon2Block.Bytes, CacheLineBytes);
    }

    ~Argon2Memory() => Free();

    /// <summary>How many blocks of 1,024 bytes there is room for.</summary>
    public int Blocks { get; }

    /// <summary>The first word of the first block.</summary>
    public ulong* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_blocks is null, this);
            return _blocks;
        }
    }

    /// <summary>Wipes the first <paramref name="blocks"/> blocks in a way that the compiler keeps.</summary>
    public void Wipe(int blocks)
    {
        // A span counts its bytes in 32 bits, a memory of 2 GiB and more does not.
        const int BlocksAtOnce = 1024 * 1024;
        for (var at = 0; at < blocks; at += BlocksAtOnce)
        {
            var start = Pointer + ((long)at * Argon2Block.Words);
            CryptographicOperations.ZeroMemory(new Span<byte>(start, Math.Min(BlocksAtOnce, blocks - at) * Argon2Block.Bytes));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_blocks);
        _blocks = null;
    }
}
