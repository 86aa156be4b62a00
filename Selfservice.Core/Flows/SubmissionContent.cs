using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>What a client submitted: fields, or the reason why nothing could be read.</summary>
/// <param name="Submission">The fields; null when they could not be read.</param>
/// <param name="Fault">Why they could not; null when they could.</param>
public sealed record SubmissionContent(Submission? Submission, string? Fault)
{
    /// <summary>Whether the request may go on with what was kept before the person was sent away to prove who they are: a browser that comes back.</summary>
    public bool MayResume { get; init; }

    /// <summary>The fields in the query of a request without a body; null without any. Only methods that say so take them.</summary>
    public Submission? Query { get; init; }
}
