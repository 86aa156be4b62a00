namespace Selfservice.Strategies.Password.Hashing;

/// <summary>How passwords are hashed, and how much of the machine that may take.</summary>
public sealed class PasswordHashingOptions
{
    /// <summary>The cost of new hashes. Default 19 MiB, two passes, one lane.</summary>
    public Argon2Parameters Parameters { get; set; } = new();

    /// <summary>
    /// How many hashes run at once; times the memory of one hash this is the memory that hashing takes. Default: the number of processors. At least
    /// 1.
    /// </summary>
    public int MaximumConcurrentHashes { get; set; } = Environment.ProcessorCount;

    /// <summary>How many callers may wait for a slot, first come, first served. Default 1,024; 0 refuses whoever would have to wait.</summary>
    public int MaximumQueuedHashes { get; set; } = 1024;

    /// <summary>How long a caller waits for a slot before it is refused. Default 30 seconds; more than zero.</summary>
    public TimeSpan MaximumWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What a refused client is told to wait. Default 5 seconds; not negative.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a slot's memory is kept, wiped, for the next hash. Default 10 seconds; zero keeps none.</summary>
    public TimeSpan IdleMemoryLifespan { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most memory that a stored hash may ask for, in kibibytes. Default 262,144 (256 MiB). A hash that asks for more is treated as
    /// unreadable: whoever can write one hash must not be able to exhaust the machine.
    /// </summary>
    public int MaximumMemoryKibibytes { get; set; } = 256 * 1024;

    /// <summary>The most passes that a stored hash may ask for. Default 16; see <see cref="MaximumMemoryKibibytes"/>.</summary>
    public int MaximumIterations { get; set; } = 16;

    /// <summary>Checks the ranges that the members state.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it and the range.</exception>
    public void Validate()
    {
        Parameters.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumConcurrentHashes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumQueuedHashes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaximumWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(IdleMemoryLifespan, TimeSpan.Zero);
        if (Parameters.MemoryKibibytes > MaximumMemoryKibibytes || Parameters.Iterations > MaximumIterations)
        {
            throw new ArgumentException(
                $"New hashes would be made with {Parameters.MemoryKibibytes} KiB and {Parameters.Iterations} passes, but stored hashes may ask for "
                + $"{MaximumMemoryKibibytes} KiB and {MaximumIterations} passes at most: "
                + $"raise {nameof(MaximumMemoryKibibytes)} or {nameof(MaximumIterations)}.");
        }
    }
}
