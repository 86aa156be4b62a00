using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Fills the memory of one hash, segment by segment (RFC 9106, sections 3.2, step 5 and 6, and 3.4).</summary>
internal sealed unsafe class Argon2Filling
{
    // Section 3.4: a pass has four slices; between two slices all lanes wait for each other.
    private const int Slices = 4;

    private readonly Argon2Type _type;
    private readonly ulong* _memory;
    private readonly int _lanes;
    private readonly int _passes;
    private readonly int _columns;
    private readonly int _segmentColumns;
    private readonly bool _useAvx2;

    public Argon2Filling(Argon2Type type, Argon2Parameters parameters, Argon2Memory memory, bool useAvx2)
    {
        _type = type;
        _memory = memory.Pointer;
        _lanes = parameters.Parallelism;
        _passes = parameters.Iterations;
        _columns = Argon2.BlocksFor(parameters) / _lanes;
        _segmentColumns = _columns / Slices;
        _useAvx2 = useAvx2;
    }

    public void Run()
    {
        for (var pass = 0; pass < _passes; pass++)
        {
            for (var slice = 0; slice < Slices; slice++)
                FillSlice(pass, slice);
        }
    }

    private void FillSlice(int pass, int slice)
    {
        if (_lanes == 1)
            FillSegment(pass, slice, 0);
        else
            Parallel.For(0, _lanes, lane => FillSegment(pass, slice, lane));
    }

    [SkipLocalsInit]
    private void FillSegment(int pass, int slice, int lane)
    {
        // Section 3.4.1.3: Argon2id takes its references from a counter in the first half of the first pass (no secret-dependent
        // memory access while the attacker could still learn something), and from the data afterwards.
        var isIndependent = _type == Argon2Type.Argon2i || (_type == Argon2Type.Argon2id && pass == 0 && slice < Slices / 2);
        var raw = stackalloc byte[(4 * Argon2Block.Bytes) + 63];
        var scratch = (ulong*)(((nuint)raw + 63) & ~(nuint)63);
        var addresses = new AddressBlocks(scratch + Argon2Block.Words);
        if (isIndependent)
            addresses.Start(pass, lane, slice, _lanes * _columns, _passes, _type);

        var laneStart = _memory + ((long)lane * _columns * Argon2Block.Words);
        // Columns 0 and 1 of the first slice were made by steps 3 and 4.
        for (var i = pass == 0 && slice == 0 ? 2 : 0; i < _segmentColumns; i++)
        {
            var column = (slice * _segmentColumns) + i;
            var previous = laneStart + ((long)(column == 0 ? _columns - 1 : column - 1) * Argon2Block.Words);
            var random = isIndependent ? addresses.At(i, scratch, _useAvx2) : previous[0];
            var reference = Reference(random, pass, slice, lane, i);
            // Step 6: from the second pass on the new block is XORed onto the old one.
            if (_useAvx2)
                Avx2Compression.Compress(previous, reference, laneStart + ((long)column * Argon2Block.Words), scratch, pass > 0);
            else
                PortableCompression.Compress(previous, reference, laneStart + ((long)column * Argon2Block.Words), scratch, pass > 0);
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(scratch, 4 * Argon2Block.Bytes));
    }

    /// <summary>Section 3.4.2: maps J1 || J2 (the low and the high half of <paramref name="random"/>) to a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* Reference(ulong random, int pass, int slice, int lane, int i)
    {
        // In the first slice of the first pass the other lanes hold nothing that could be relied on.
        var referenceLane = _lanes == 1 || (pass == 0 && slice == 0) ? lane : (int)((uint)(random >> 32) % (uint)_lanes);
        // W: in the own lane all blocks up to the one before the previous; in another lane all finished segments,
        // but without its last block when this is the first block of a segment. From the second pass on W wraps around.
        var finished = pass == 0 ? slice * _segmentColumns : _columns - _segmentColumns;
        var area = (uint)(referenceLane == lane ? finished + i - 1 : finished - (i == 0 ? 1 : 0));
        // x = J1^2 / 2^32; y = |W| * x / 2^32; z = |W| - 1 - y: newer blocks are likelier.
        ulong j1 = (uint)random;
        var x = (j1 * j1) >> 32;
        var z = area - 1 - (uint)((area * x) >> 32);
        var start = pass == 0 || slice == Slices - 1 ? 0 : (slice + 1) * _segmentColumns;
        var column = (uint)start + z;
        if (column >= (uint)_columns)
            column -= (uint)_columns;
        return _memory + ((((long)referenceLane * _columns) + column) * Argon2Block.Words);
    }

    /// <summary>The pseudo-random values of Argon2i (section 3.4.1.2): 128 of them in each block made from a counter.</summary>
    private readonly ref struct AddressBlocks(ulong* blocks)
    {
        private ulong* Zero => blocks;

        private ulong* Counter => blocks + Argon2Block.Words;

        private ulong* Values => blocks + (2 * Argon2Block.Words);

        // Z is pass, lane, slice, m', t and y; the counter follows it.
        public void Start(int pass, int lane, int slice, int totalBlocks, int passes, Argon2Type type)
        {
            new Span<ulong>(blocks, 3 * Argon2Block.Words).Clear();
            Counter[0] = (ulong)pass;
            Counter[1] = (ulong)lane;
            Counter[2] = (ulong)slice;
            Counter[3] = (ulong)totalBlocks;
            Counter[4] = (ulong)passes;
            Counter[5] = (ulong)type;
        }

        public ulong At(int i, ulong* scratch, bool useAvx2)
        {
            var isFresh = Counter[6] != (ulong)(i / Argon2Block.Words) + 1;
            if (isFresh)
            {
                // G(0, G(0, Z || counter)).
                Counter[6]++;
                Compress(Counter, scratch, useAvx2);
                Compress(Values, scratch, useAvx2);
            }

            return Values[i % Argon2Block.Words];
        }

        private void Compress(ulong* input, ulong* scratch, bool useAvx2)
        {
            if (useAvx2)
                Avx2Compression.Compress(Zero, input, Values, scratch, accumulate: false);
            else
                PortableCompression.Compress(Zero, input, Values, scratch, accumulate: false);
        }
    }
}
