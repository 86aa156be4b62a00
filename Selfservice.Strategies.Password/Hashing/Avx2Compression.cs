using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The compression function G of Argon2 (RFC 9106, section 3.5) with 256-bit vectors.</summary>
/// <remarks>
/// The inputs are XORed while the rows are read and again while the columns are written, so that the block passes through the
/// cache twice and not four times. Two rows, then two columns, go together: two independent chains keep the multiplier busy.
/// </remarks>
internal static unsafe class Avx2Compression
{
    /// <summary>Whether this processor can run <see cref="Compress"/>.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    // Left to itself the compiler calls these getters in the innermost loop, which takes a tenth of the time of a hash.
    private static Vector256<byte> Right24
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10);
    }

    private static Vector256<byte> Right16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9);
    }

    /// <inheritdoc cref="PortableCompression.Compress"/>
    public static void Compress(ulong* previous, ulong* reference, ulong* destination, ulong* scratch, bool accumulate)
    {
        for (var row = 0; row < Argon2Block.Words; row += 32)
            PermuteTwoRows(previous + row, reference + row, scratch + row);
        for (var column = 0; column < 16; column += 4)
            PermuteTwoColumns(previous + column, reference + column, scratch + column, destination + column, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PermuteTwoRows(ulong* x, ulong* y, ulong* r)
    {
        var a0 = Vector256.Load(x) ^ Vector256.Load(y);
        var b0 = Vector256.Load(x + 4) ^ Vector256.Load(y + 4);
        var c0 = Vector256.Load(x + 8) ^ Vector256.Load(y + 8);
        var d0 = Vector256.Load(x + 12) ^ Vector256.Load(y + 12);
        var a1 = Vector256.Load(x + 16) ^ Vector256.Load(y + 16);
        var b1 = Vector256.Load(x + 20) ^ Vector256.Load(y + 20);
        var c1 = Vector256.Load(x + 24) ^ Vector256.Load(y + 24);
        var d1 = Vector256.Load(x + 28) ^ Vector256.Load(y + 28);

        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        // The second half of P works on diagonals: turn b, c and d by one, two and three words, and back afterwards.
        (b0, b1) = (Avx2.Permute4x64(b0, 0x39), Avx2.Permute4x64(b1, 0x39));
        (c0, c1) = (Avx2.Permute4x64(c0, 0x4E), Avx2.Permute4x64(c1, 0x4E));
        (d0, d1) = (Avx2.Permute4x64(d0, 0x93), Avx2.Permute4x64(d1, 0x93));
        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);

        a0.Store(r);
        Avx2.Permute4x64(b0, 0x93).Store(r + 4);
        Avx2.Permute4x64(c0, 0x4E).Store(r + 8);
        Avx2.Permute4x64(d0, 0x39).Store(r + 12);
        a1.Store(r + 16);
        Avx2.Permute4x64(b1, 0x93).Store(r + 20);
        Avx2.Permute4x64(c1, 0x4E).Store(r + 24);
        Avx2.Permute4x64(d1, 0x39).Store(r + 28);
    }

    // A vector holds one register of each of two neighbouring columns; the registers of one column stand in eight vectors, 16 words apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PermuteTwoColumns(ulong* x, ulong* y, ulong* r, ulong* destination, bool accumulate)
    {
        var a0 = Vector256.Load(r);
        var a1 = Vector256.Load(r + 16);
        var b0 = Vector256.Load(r + 32);
        var b1 = Vector256.Load(r + 48);
        var c0 = Vector256.Load(r + 64);
        var c1 = Vector256.Load(r + 80);
        var d0 = Vector256.Load(r + 96);
        var d1 = Vector256.Load(r + 112);

        Mix(ref a0, ref b0, ref c0, ref d0, ref a1, ref b1, ref c1, ref d1);
        (b0, b1) = (Join(b1, b0), Join(b0, b1));
        (d0, d1) = (Join(d0, d1), Join(d1, d0));
        Mix(ref a0, ref b0, ref c1, ref d0, ref a1, ref b1, ref c0, ref d1);

        Write(a0, x, y, destination, 0, accumulate);
        Write(a1, x, y, destination, 16, accumulate);
        Write(Join(b0, b1), x, y, destination, 32, accumulate);
        Write(Join(b1, b0), x, y, destination, 48, accumulate);
        Write(c0, x, y, destination, 64, accumulate);
        Write(c1, x, y, destination, 80, accumulate);
        Write(Join(d1, d0), x, y, destination, 96, accumulate);
        Write(Join(d0, d1), x, y, destination, 112, accumulate);
    }

    /// <summary>In each half: the upper word of <paramref name="low"/>, then the lower word of <paramref name="high"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Join(Vector256<ulong> high, Vector256<ulong> low) =>
        Avx2.AlignRight(high.AsByte(), low.AsByte(), 8).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector256<ulong> z, ulong* x, ulong* y, ulong* destination, int at, bool accumulate)
    {
        z ^= Vector256.Load(x + at) ^ Vector256.Load(y + at);
        if (accumulate)
            z ^= Vector256.Load(destination + at);
        z.Store(destination + at);
    }

    // GB on two sets of four words each (RFC 9106, section 3.6).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a0, ref Vector256<ulong> b0, ref Vector256<ulong> c0, ref Vector256<ulong> d0,
        ref Vector256<ulong> a1, ref Vector256<ulong> b1, ref Vector256<ulong> c1, ref Vector256<ulong> d1)
    {
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = RotateRight32(d0 ^ a0);
        d1 = RotateRight32(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = RotateRight24(b0 ^ c0);
        b1 = RotateRight24(b1 ^ c1);
        a0 = Add(a0, b0);
        a1 = Add(a1, b1);
        d0 = RotateRight16(d0 ^ a0);
        d1 = RotateRight16(d1 ^ a1);
        c0 = Add(c0, d0);
        c1 = Add(c1, d1);
        b0 = RotateRight63(b0 ^ c0);
        b1 = RotateRight63(b1 ^ c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Add(Vector256<ulong> a, Vector256<ulong> b)
    {
        var product = Avx2.Multiply(a.AsUInt32(), b.AsUInt32());
        return a + b + (product + product);
    }

    // AVX-512 has the rotation as one instruction; the check is a constant once compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight32(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, 32) : Avx2.Shuffle(x.AsUInt32(), 0xB1).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight24(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, 24) : Avx2.Shuffle(x.AsByte(), Right24).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight16(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, 16) : Avx2.Shuffle(x.AsByte(), Right16).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight63(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, 63) : (x + x) ^ Vector256.ShiftRightLogical(x, 63);
}
