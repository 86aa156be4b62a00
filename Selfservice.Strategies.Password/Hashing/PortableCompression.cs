using System.Numerics;
using System.Runtime.CompilerServices;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The compression function G of Argon2 (RFC 9106, section 3.5) in plain 64-bit arithmetic, for processors without AVX2.</summary>
internal static unsafe class PortableCompression
{
    /// <summary>destination = G(previous, reference), XORed onto what destination held when <paramref name="accumulate"/> is true.</summary>
    /// <remarks><paramref name="scratch"/> is one block of working memory; it holds secret state afterwards, which the caller wipes.</remarks>
    public static void Compress(ulong* previous, ulong* reference, ulong* destination, ulong* scratch, bool accumulate)
    {
        // R = X XOR Y. Where destination is one of the inputs (address blocks), it is written only after its last reading.
        for (var i = 0; i < Argon2Block.Words; i++)
            scratch[i] = previous[i] ^ reference[i];
        // P on each row of R gives Q.
        for (var row = 0; row < 8; row++)
            Permute(scratch + (16 * row), 2);
        // P on each column of Q gives Z: a column is eight 16-byte registers, one of each row.
        for (var column = 0; column < 8; column++)
            Permute(scratch + (2 * column), 16);
        // The result is Z XOR R.
        for (var i = 0; i < Argon2Block.Words; i++)
        {
            var word = scratch[i] ^ previous[i] ^ reference[i];
            destination[i] = accumulate ? word ^ destination[i] : word;
        }
    }

    /// <summary>The permutation P (RFC 9106, section 3.6) on eight pairs of words, <paramref name="stride"/> words apart.</summary>
    private static void Permute(ulong* x, int stride)
    {
        ulong v0 = x[0], v1 = x[1], v2 = x[stride], v3 = x[stride + 1];
        ulong v4 = x[2 * stride], v5 = x[(2 * stride) + 1], v6 = x[3 * stride], v7 = x[(3 * stride) + 1];
        ulong v8 = x[4 * stride], v9 = x[(4 * stride) + 1], v10 = x[5 * stride], v11 = x[(5 * stride) + 1];
        ulong v12 = x[6 * stride], v13 = x[(6 * stride) + 1], v14 = x[7 * stride], v15 = x[(7 * stride) + 1];

        Mix(ref v0, ref v4, ref v8, ref v12);
        Mix(ref v1, ref v5, ref v9, ref v13);
        Mix(ref v2, ref v6, ref v10, ref v14);
        Mix(ref v3, ref v7, ref v11, ref v15);
        Mix(ref v0, ref v5, ref v10, ref v15);
        Mix(ref v1, ref v6, ref v11, ref v12);
        Mix(ref v2, ref v7, ref v8, ref v13);
        Mix(ref v3, ref v4, ref v9, ref v14);

        (x[0], x[1], x[stride], x[stride + 1]) = (v0, v1, v2, v3);
        (x[2 * stride], x[(2 * stride) + 1], x[3 * stride], x[(3 * stride) + 1]) = (v4, v5, v6, v7);
        (x[4 * stride], x[(4 * stride) + 1], x[5 * stride], x[(5 * stride) + 1]) = (v8, v9, v10, v11);
        (x[6 * stride], x[(6 * stride) + 1], x[7 * stride], x[(7 * stride) + 1]) = (v12, v13, v14, v15);
    }

    // The modified mixing function GB: BLAKE2b's, with 2 * lo(a) * lo(b) added to each sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a += b + (2 * (ulong)(uint)a * (uint)b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c += d + (2 * (ulong)(uint)c * (uint)d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a += b + (2 * (ulong)(uint)a * (uint)b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d + (2 * (ulong)(uint)c * (uint)d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }
}
