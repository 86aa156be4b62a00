using Selfservice.Errors;
using Selfservice.Flows;

namespace Selfservice.Strategies;

/// <summary>Which flow a browser comes back to.</summary>
public abstract record CallbackTarget
{
    private CallbackTarget()
    {
    }

    /// <summary>This one, as far as its method can tell.</summary>
    /// <param name="Kind">The flow's kind.</param>
    /// <param name="FlowId">Which.</param>
    public sealed record Found(FlowKind Kind, Guid FlowId) : CallbackTarget;

    /// <summary>None.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Refused(ErrorObject Error) : CallbackTarget;
}
