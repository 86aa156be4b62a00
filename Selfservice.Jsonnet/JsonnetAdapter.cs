namespace Selfservice.Jsonnet;

/// <summary>
/// A program that configuration names, as a host's adapters run it: compiled once, kept, shared between threads, and evaluated within limits that hold
/// for whatever the program does.
/// </summary>
public sealed class JsonnetAdapter
{
    /// <summary>How long an evaluation may take: 1 second.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a program read from elsewhere is used before it is read again: 1 hour.</summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromHours(1);

    private static readonly JsonnetLimits Limits = new() { MaxOutputLength = 256 * 1024 };

    private readonly string _fileName;
    private readonly Func<CancellationToken, ValueTask<string>>? _read;
    private readonly TimeProvider _time;
    private Compiled? _known;

    private JsonnetAdapter(string fileName, Func<CancellationToken, ValueTask<string>>? read, TimeProvider time) =>
        (_fileName, _read, _time) = (fileName, read, time);

    /// <summary>A program whose text is at hand.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">What errors call it.</param>
    /// <param name="time">The clock of <see cref="TimeLimit"/>; null for the system's.</param>
    /// <exception cref="FormatException">It cannot be compiled; the message is the part of a sentence that says why.</exception>
    public static JsonnetAdapter Compile(string source, string fileName, TimeProvider? time = null)
    {
        var adapter = new JsonnetAdapter(fileName, null, time ?? TimeProvider.System);
        adapter.Keep(source);
        return adapter;
    }

    /// <summary>A program that is read when it is first needed, and again after <see cref="Freshness"/>.</summary>
    /// <param name="read">Reads the text. What it throws goes through, and the next evaluation reads again.</param>
    /// <param name="fileName">What errors call it.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public static JsonnetAdapter ReadFrom(Func<CancellationToken, ValueTask<string>> read, string fileName, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new JsonnetAdapter(fileName, read, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Evaluates the program with at most 262,144 characters of output, within <see cref="TimeLimit"/>, else with the defaults of <see cref="JsonnetLimits"/>.
    /// Beyond that the result is an error of kind <see cref="JsonnetErrorKind.Limit"/> or <see cref="JsonnetErrorKind.Cancelled"/>.
    /// </summary>
    /// <param name="inputs">What the program is told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FormatException">A program read just now cannot be compiled; the message is the part of a sentence that says why.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<JsonnetResult> EvaluateAsync(JsonnetInputs inputs, CancellationToken cancellationToken = default)
    {
        var program = await ProgramAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var result = program.Evaluate(inputs, Limits, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private async ValueTask<JsonnetProgram> ProgramAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && (_read is null || _time.GetUtcNow() - known.At < Freshness))
            return known.Program;
        return Keep(await _read!(cancellationToken).ConfigureAwait(false));
    }

    private JsonnetProgram Keep(string source)
    {
        var compiled = JsonnetProgram.Compile(source, _fileName);
        if (!compiled.Succeeded)
            throw new FormatException($"is no Jsonnet program: {compiled.Error.Position} {compiled.Error.Message}");
        _known = new Compiled(compiled.Program, _time.GetUtcNow());
        return compiled.Program;
    }

    private sealed record Compiled(JsonnetProgram Program, DateTimeOffset At);
}
