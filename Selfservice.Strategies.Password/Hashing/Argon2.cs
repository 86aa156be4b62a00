using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Argon2, version 0x13, as RFC 9106 describes it; the numbered steps are those of its section 3.2.</summary>
internal static unsafe class Argon2
{
    private const int Version = 0x13;
    private const int H0Bytes = 64;

    /// <summary>How many blocks a hash of these parameters needs: m', that is m rounded down to a multiple of 4p.</summary>
    public static int BlocksFor(Argon2Parameters parameters) =>
        4 * parameters.Parallelism * (parameters.MemoryKibibytes / (4 * parameters.Parallelism));

    /// <summary>Hashes <paramref name="input"/> into <paramref name="tag"/> and leaves <paramref name="memory"/> wiped.</summary>
    /// <remarks><paramref name="useAvx2"/> needs <see cref="Avx2Compression.IsSupported"/>; false forces the portable arithmetic.</remarks>
    public static void Hash(
        Argon2Type type, Argon2Parameters parameters, Argon2Input input, Argon2Memory memory, Span<byte> tag, bool useAvx2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tag.Length, 4);
        // Step 2: the memory is m' blocks in p rows (lanes) of q columns.
        var blocks = BlocksFor(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory.Blocks, blocks);
        try
        {
            FillFirstColumns(type, parameters, input, tag.Length, memory);
            // Steps 5 and 6: all further columns, and all further passes.
            new Argon2Filling(type, parameters, memory, useAvx2).Run();
            WriteTag(parameters, memory, tag);
        }
        finally
        {
            memory.Wipe(blocks);
        }
    }

    /// <summary>Step 1: H0, the hash of all inputs and parameters.</summary>
    public static void PreHash(Argon2Type type, Argon2Parameters parameters, Argon2Input input, int tagBytes, Span<byte> h0)
    {
        var hash = new Blake2b(H0Bytes);
        hash.UpdateLe32(parameters.Parallelism);
        hash.UpdateLe32(tagBytes);
        hash.UpdateLe32(parameters.MemoryKibibytes);
        hash.UpdateLe32(parameters.Iterations);
        hash.UpdateLe32(Version);
        hash.UpdateLe32((int)type);
        hash.UpdateLe32(input.Password.Length);
        hash.Update(input.Password);
        hash.UpdateLe32(input.Salt.Length);
        hash.Update(input.Salt);
        hash.UpdateLe32(input.Secret.Length);
        hash.Update(input.Secret);
        hash.UpdateLe32(input.AssociatedData.Length);
        hash.Update(input.AssociatedData);
        hash.Finish(h0);
    }

    /// <summary>H', the hash of variable length (section 3.3).</summary>
    public static void VariableLengthHash(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var hash = new Blake2b(Math.Min(output.Length, Blake2b.MaxDigestBytes));
        hash.UpdateLe32(output.Length);
        hash.Update(input);
        if (output.Length <= Blake2b.MaxDigestBytes)
        {
            hash.Finish(output);
            return;
        }

        // V1 .. Vr give their first halves; the last one is as long as what remains.
        Span<byte> v = stackalloc byte[Blake2b.MaxDigestBytes];
        hash.Finish(v);
        v[..32].CopyTo(output);
        output = output[32..];
        while (output.Length > Blake2b.MaxDigestBytes)
        {
            Blake2b.Hash(v, v);
            v[..32].CopyTo(output);
            output = output[32..];
        }

        Blake2b.Hash(v, output);
        CryptographicOperations.ZeroMemory(v);
    }

    // Steps 3 and 4: columns 0 and 1 of every lane are H'(H0 || LE32(column) || LE32(lane)).
    [SkipLocalsInit]
    private static void FillFirstColumns(Argon2Type type, Argon2Parameters parameters, Argon2Input input, int tagBytes, Argon2Memory memory)
    {
        Span<byte> seed = stackalloc byte[H0Bytes + 8];
        Span<byte> block = stackalloc byte[Argon2Block.Bytes];
        PreHash(type, parameters, input, tagBytes, seed[..H0Bytes]);
        var columns = BlocksFor(parameters) / parameters.Parallelism;
        for (var lane = 0; lane < parameters.Parallelism; lane++)
        {
            for (var column = 0; column < 2; column++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[H0Bytes..], column);
                BinaryPrimitives.WriteInt32LittleEndian(seed[(H0Bytes + 4)..], lane);
                VariableLengthHash(seed, block);
                var words = memory.Pointer + ((((long)lane * columns) + column) * Argon2Block.Words);
                for (var i = 0; i < Argon2Block.Words; i++)
                    words[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
            }
        }

        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(block);
    }

    // Steps 7 and 8: C is the XOR of the last column of all lanes, the tag is H'(C).
    [SkipLocalsInit]
    private static void WriteTag(Argon2Parameters parameters, Argon2Memory memory, Span<byte> tag)
    {
        Span<byte> final = stackalloc byte[Argon2Block.Bytes];
        var columns = BlocksFor(parameters) / parameters.Parallelism;
        for (var i = 0; i < Argon2Block.Words; i++)
        {
            var word = 0UL;
            for (var lane = 0; lane < parameters.Parallelism; lane++)
                word ^= memory.Pointer[(((long)lane * columns) + columns - 1) * Argon2Block.Words + i];
            BinaryPrimitives.WriteUInt64LittleEndian(final[(8 * i)..], word);
        }

        VariableLengthHash(final, tag);
        CryptographicOperations.ZeroMemory(final);
    }
}
