namespace Selfservice.Jsonnet.Evaluation;

/// <summary>Ends an evaluation; becomes a <see cref="JsonnetError"/> at the library's edge.</summary>
internal sealed class EvaluationException(JsonnetErrorKind kind, string message, IReadOnlyList<Place> trace) : Exception(message)
{
    public JsonnetErrorKind Kind { get; } = kind;

    /// <summary>Innermost first; only places in programs.</summary>
    public IReadOnlyList<Place> Trace { get; } = trace;
}
