namespace Selfservice.Jsonnet;

/// <summary>What one evaluation may use. Whatever goes beyond ends in an error of kind <see cref="JsonnetErrorKind.Limit"/>.</summary>
public sealed record JsonnetLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static JsonnetLimits Default { get; } = new();

    /// <summary>Calls, values computed later, rounds of loops, and pieces of work inside the library. Default 10,000,000: about a second.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>Frames: calls, values computed later and levels of data being printed or compared, inside each other. Default 500, as in the reference.</summary>
    public int MaxDepth { get; init; } = 500;

    /// <summary>
    /// Bytes, estimated, of all values made during the evaluation, those no longer in use included. Default 256 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>UTF-16 characters of the result, and of any value turned into a string. Default 16,777,216.</summary>
    public int MaxOutputLength { get; init; } = 16 * 1024 * 1024;
}
