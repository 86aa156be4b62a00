using System.Diagnostics.CodeAnalysis;
using Selfservice.Errors;

namespace Selfservice.Hooks;

/// <summary>What a hook throws after a commit to have the client told of a failure. Nothing is undone by it, and hooks after it do not run.</summary>
/// <param name="error">What the client is told: nothing that only the host's operators should know.</param>
[SuppressMessage("Design", "CA1032", Justification = "Without an error for the client it would have nothing to say.")]
public sealed class HookFailedException(ErrorObject error) : Exception(error.Message)
{
    /// <summary>What the client is told.</summary>
    public ErrorObject Error { get; } = error;
}
