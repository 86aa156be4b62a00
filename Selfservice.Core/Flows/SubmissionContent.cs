using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>What a client submitted: fields, or the reason why nothing could be read.</summary>
/// <param name="Submission">The fields; null when they could not be read.</param>
/// <param name="Fault">Why they could not; null when they could.</param>
public sealed record SubmissionContent(Submission? Submission, string? Fault);
