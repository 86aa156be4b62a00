namespace Selfservice.Jsonnet;

/// <summary>How programs are compiled.</summary>
public sealed record JsonnetCompileOptions
{
    /// <summary>The options used when none are given.</summary>
    public static JsonnetCompileOptions Default { get; } = new();

    /// <summary>UTF-16 characters of source. Default 4,194,304. A longer source is an error of kind <see cref="JsonnetErrorKind.Limit"/>.</summary>
    public int MaxSourceLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Levels of expressions inside each other; a chain of operators counts a level for each. Default 4,000. Deeper nesting is an error of kind
    /// <see cref="JsonnetErrorKind.Limit"/>.
    /// </summary>
    public int MaxNesting { get; init; } = 4_000;
}
