namespace Selfservice.Jsonnet;

/// <summary>
/// A program that configuration names, as a host's adapters run it: compiled once, shared between threads, and evaluated within limits that hold for whatever the program does.
/// </summary>
public sealed class JsonnetAdapter
{
    /// <summary>How long an evaluation may take: 1 second.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(1);

    private static readonly JsonnetLimits Limits = new() { MaxOutputLength = 256 * 1024 };

    private readonly JsonnetProgram _program;
    private readonly TimeProvider _time;

    private JsonnetAdapter(JsonnetProgram program, TimeProvider time) => (_program, _time) = (program, time);

    /// <summary>Compiles a program.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">What errors call it.</param>
    /// <param name="time">The clock of <see cref="TimeLimit"/>; null for the system's.</param>
    /// <exception cref="FormatException">It cannot be compiled; the message is the part of a sentence that says why.</exception>
    public static JsonnetAdapter Compile(string source, string fileName, TimeProvider? time = null)
    {
        var compiled = JsonnetProgram.Compile(source, fileName);
        return compiled.Succeeded
            ? new(compiled.Program, time ?? TimeProvider.System)
            : throw new FormatException($"is no Jsonnet program: {compiled.Error.Position} {compiled.Error.Message}");
    }

    /// <summary>
    /// Evaluates the program with at most 262,144 characters of output, within <see cref="TimeLimit"/>, else with the defaults of <see cref="JsonnetLimits"/>.
    /// Beyond that the result is an error of kind <see cref="JsonnetErrorKind.Limit"/> or <see cref="JsonnetErrorKind.Cancelled"/>.
    /// </summary>
    /// <param name="inputs">What the program is told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public JsonnetResult Evaluate(JsonnetInputs inputs, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var result = _program.Evaluate(inputs, Limits, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }
}
