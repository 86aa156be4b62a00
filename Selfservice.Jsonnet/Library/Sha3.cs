using System.Buffers.Binary;
using System.Numerics;

namespace Selfservice.Jsonnet.Library;

/// <summary>SHA3-512 (FIPS 202), which the operating system does not offer everywhere.</summary>
internal static class Sha3
{
    private const int DigestBytes = 64;

    /// <summary>Bytes absorbed per permutation: 200 minus twice the digest (FIPS 202, 6.1).</summary>
    private const int RateBytes = 200 - (2 * DigestBytes);

    private static readonly ulong[] RoundConstants = MakeRoundConstants();

    public static byte[] Hash512(byte[] message)
    {
        var state = new ulong[25];
        var padded = new byte[(message.Length / RateBytes + 1) * RateBytes];
        message.CopyTo(padded, 0);
        // Suffix 01 and padding 10*1 (FIPS 202, 6.1 and 5.1), least significant bit first.
        padded[message.Length] ^= 0x06;
        padded[^1] ^= 0x80;
        for (var block = 0; block < padded.Length; block += RateBytes)
        {
            for (var lane = 0; lane < RateBytes / 8; lane++)
                state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(block + (8 * lane)));
            Permute(state);
        }

        var digest = new byte[DigestBytes];
        for (var lane = 0; lane < DigestBytes / 8; lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest.AsSpan(8 * lane), state[lane]);
        return digest;
    }

    /// <summary>Keccak-f[1600] (FIPS 202, 3.3): theta, rho and pi, chi, iota.</summary>
    private static void Permute(ulong[] a)
    {
        Span<ulong> parity = stackalloc ulong[5];
        Span<ulong> row = stackalloc ulong[5];
        foreach (var constant in RoundConstants)
        {
            for (var x = 0; x < 5; x++)
                parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            for (var i = 0; i < 25; i++)
                a[i] ^= parity[(i + 4) % 5] ^ BitOperations.RotateLeft(parity[(i + 1) % 5], 1);

            var moving = a[1];
            var (column, line) = (1, 0);
            for (var t = 0; t < 24; t++)
            {
                (column, line) = (line, ((2 * column) + (3 * line)) % 5);
                var target = column + (5 * line);
                (a[target], moving) = (BitOperations.RotateLeft(moving, (t + 1) * (t + 2) / 2), a[target]);
            }

            for (var y = 0; y < 25; y += 5)
            {
                a.AsSpan(y, 5).CopyTo(row);
                for (var x = 0; x < 5; x++)
                    a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }

            a[0] ^= constant;
        }
    }

    /// <summary>The round constants from their shift register (FIPS 202, 3.2.5).</summary>
    private static ulong[] MakeRoundConstants()
    {
        var constants = new ulong[24];
        var register = 1;
        for (var round = 0; round < constants.Length; round++)
        {
            for (var j = 0; j <= 6; j++)
            {
                if ((register & 1) != 0)
                    constants[round] |= 1UL << ((1 << j) - 1);
                register <<= 1;
                if ((register & 0x100) != 0)
                    register ^= 0x171;
            }
        }

        return constants;
    }
}
