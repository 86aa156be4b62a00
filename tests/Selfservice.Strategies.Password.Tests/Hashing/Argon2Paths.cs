using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>The arithmetic this machine can run: the portable one always, AVX2 where the processor has it.</summary>
internal static class Argon2Paths
{
    public static IEnumerable<bool> All => Avx2Compression.IsSupported ? [false, true] : [false];
}
