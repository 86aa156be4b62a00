namespace Selfservice.Ui;

/// <summary>An error that a person is told about.</summary>
public sealed record ErrorPageInfo
{
    /// <summary>The HTTP status code that the error stands for.</summary>
    public required int Code { get; init; }

    /// <summary>The error's id in the wire contract, for example <c>security_csrf_violation</c>; null for an error without one.</summary>
    public string? Id { get; init; }

    /// <summary>Why it happened, in a sentence; null when that is not said.</summary>
    public string? Reason { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }
}
