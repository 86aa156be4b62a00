namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The cost of an Argon2id hash and the lengths of its parts.</summary>
/// <remarks>
/// The default is the second line of the OWASP password storage cheat sheet: 19 MiB, two passes, one lane. Lines of equal strength:
/// 46 MiB with one pass, 12 MiB with three, 9 MiB with four, 7 MiB with five. RFC 9106, section 4, recommends 2 GiB with one pass and
/// four lanes, or 64 MiB with three passes and four lanes, where the machine can afford it.
/// </remarks>
public sealed record Argon2Parameters
{
    /// <summary>Memory of one hash (m), in kibibytes. Default 19,456 (19 MiB); at least 8 for each lane, at most 4,194,304 (4 GiB).</summary>
    public int MemoryKibibytes { get; init; } = 19 * 1024;

    /// <summary>Passes over the memory (t). Default 2; at least 1.</summary>
    public int Iterations { get; init; } = 2;

    /// <summary>Lanes (p), which may be filled by as many processors at once. Default 1; 1 to 255.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Length of the random salt, in bytes. Default 16 (RFC 9106, section 3.1); 8 to 64.</summary>
    public int SaltBytes { get; init; } = 16;

    /// <summary>Length of the hash itself (the tag), in bytes. Default 32 (RFC 9106, section 4); 16 to 64.</summary>
    public int TagBytes { get; init; } = 32;

    /// <summary>Whether every value is in the range that its member states.</summary>
    internal bool IsValid => Violation is null;

    private (string Name, int Value, string Range)? Violation => this switch
    {
        { Parallelism: < 1 or > 255 } => (nameof(Parallelism), Parallelism, "1 to 255 lanes"),
        { MemoryKibibytes: > 4 * 1024 * 1024 } => (nameof(MemoryKibibytes), MemoryKibibytes, "at most 4,194,304 KiB"),
        _ when MemoryKibibytes < 8 * Parallelism => (nameof(MemoryKibibytes), MemoryKibibytes, "at least 8 KiB for each lane"),
        { Iterations: < 1 } => (nameof(Iterations), Iterations, "at least 1 pass"),
        { SaltBytes: < 8 or > 64 } => (nameof(SaltBytes), SaltBytes, "8 to 64 bytes"),
        { TagBytes: < 16 or > 64 } => (nameof(TagBytes), TagBytes, "16 to 64 bytes"),
        _ => null,
    };

    /// <summary>Checks the ranges that the members state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it and the range.</exception>
    public void Validate()
    {
        if (Violation is var (name, value, range))
            throw new ArgumentOutOfRangeException(name, value, $"The Argon2id parameter {name} must be {range}.");
    }
}
