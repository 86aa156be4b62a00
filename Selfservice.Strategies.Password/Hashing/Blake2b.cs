using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>BLAKE2b (RFC 7693), incremental, keyed or not, with digests of 1 to 64 bytes.</summary>
/// <remarks>
/// Argon2 hashes a few kilobytes with it and fills megabytes without it, so the portable form is fast enough everywhere.
/// A mutable struct that lives on the stack: <see cref="Finish"/> wipes it.
/// </remarks>
internal unsafe ref struct Blake2b
{
    /// <summary>The longest digest, in bytes (RFC 7693, section 2.1).</summary>
    public const int MaxDigestBytes = 64;

    private const int BlockBytes = 128;

    // The whole buffer is kept back until more input arrives, since the last block is compressed with its own flag.
    private fixed ulong _h[8];
    private fixed byte _buffer[BlockBytes];
    private ulong _counterLow;
    private ulong _counterHigh;
    private int _buffered;
    private readonly int _digestBytes;

    /// <summary>RFC 7693, section 3.3: sets h from IV and the parameter block, and takes the padded key as first block.</summary>
    public Blake2b(int digestBytes, scoped ReadOnlySpan<byte> key = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digestBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digestBytes, MaxDigestBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, 64, nameof(key));
        _digestBytes = digestBytes;
        for (var i = 0; i < 8; i++)
            _h[i] = Iv[i];
        _h[0] ^= 0x01010000 ^ ((ulong)key.Length << 8) ^ (ulong)digestBytes;
        if (key.IsEmpty)
            return;
        fixed (byte* buffer = _buffer)
            key.CopyTo(new Span<byte>(buffer, BlockBytes));
        _buffered = BlockBytes;
    }

    // RFC 7693, section 2.6.
    private static ReadOnlySpan<ulong> Iv =>
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    // RFC 7693, section 2.7; rounds 10 and 11 repeat rows 0 and 1.
    private static ReadOnlySpan<byte> Sigma =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
    ];

    /// <summary>Hashes one input into <paramref name="digest"/>, whose length is the digest's.</summary>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> digest)
    {
        var state = new Blake2b(digest.Length);
        state.Update(input);
        state.Finish(digest);
    }

    /// <summary>Takes more input.</summary>
    public void Update(scoped ReadOnlySpan<byte> input)
    {
        fixed (byte* buffer = _buffer)
        {
            while (!input.IsEmpty)
            {
                if (_buffered == BlockBytes)
                {
                    Count(BlockBytes);
                    Compress(buffer, isLast: false);
                    _buffered = 0;
                }

                var taken = Math.Min(input.Length, BlockBytes - _buffered);
                input[..taken].CopyTo(new Span<byte>(buffer + _buffered, taken));
                _buffered += taken;
                input = input[taken..];
            }
        }
    }

    /// <summary>Takes a 32-bit number as four bytes, least significant first (RFC 9106 writes it LE32).</summary>
    public void UpdateLe32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Update(bytes);
    }

    /// <summary>Writes the digest and wipes the state.</summary>
    public void Finish(scoped Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, _digestBytes);
        fixed (byte* buffer = _buffer)
        fixed (ulong* h = _h)
        {
            Count((ulong)_buffered);
            new Span<byte>(buffer + _buffered, BlockBytes - _buffered).Clear();
            Compress(buffer, isLast: true);
            Span<byte> whole = stackalloc byte[MaxDigestBytes];
            for (var i = 0; i < 8; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(whole[(8 * i)..], h[i]);
            whole[.._digestBytes].CopyTo(digest);
            CryptographicOperations.ZeroMemory(whole);
            CryptographicOperations.ZeroMemory(new Span<byte>(buffer, BlockBytes));
            CryptographicOperations.ZeroMemory(new Span<byte>(h, MaxDigestBytes));
        }
    }

    private void Count(ulong bytes)
    {
        _counterLow += bytes;
        if (_counterLow < bytes)
            _counterHigh++;
    }

    // RFC 7693, section 3.2: the compression function F.
    [SkipLocalsInit]
    private void Compress(byte* block, bool isLast)
    {
        var m = stackalloc ulong[16];
        var v = stackalloc ulong[16];
        for (var i = 0; i < 16; i++)
            m[i] = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(block + (8 * i), 8));
        for (var i = 0; i < 8; i++)
        {
            v[i] = _h[i];
            v[i + 8] = Iv[i];
        }

        v[12] ^= _counterLow;
        v[13] ^= _counterHigh;
        if (isLast)
            v[14] = ~v[14];

        for (var round = 0; round < 12; round++)
        {
            var s = Sigma.Slice(16 * round, 16);
            Mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
            Mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
            Mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
            Mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
            Mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
            Mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
            Mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
            Mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
        }

        for (var i = 0; i < 8; i++)
            _h[i] ^= v[i] ^ v[i + 8];
        CryptographicOperations.ZeroMemory(new Span<byte>(m, 128));
        CryptographicOperations.ZeroMemory(new Span<byte>(v, 128));
    }

    // RFC 7693, section 3.1: the mixing function G.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ulong* v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }
}
