using Selfservice.Flows;

namespace Selfservice.Strategies;

/// <summary>
/// A method that sends browsers elsewhere (<see cref="StrategyResult{T}.External"/>) and takes them back at <c>/self-service/methods/{method}/callback</c>. The engine asks it for the
/// flow, then whether this browser may go on with it, and then gives it the callback together with what was submitted before the browser left, as if that were submitted now.
/// </summary>
public interface ICallbackStrategy : IStrategy
{
    /// <summary>Finds the flow that a browser comes back to. Nothing may be used up or changed by it: who asks is not known yet.</summary>
    ValueTask<CallbackTarget> FindFlowAsync(Callback callback, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the browser is the one that left, and brings something that can be gone on with. Where it explains what is wrong it may change the form that shows the message.
    /// </summary>
    /// <param name="flow">The flow, which has not expired.</param>
    /// <param name="callback">What came back.</param>
    /// <param name="client">Who brings it.</param>
    GuardVerdict Check(Flow flow, Callback callback, ClientContext client);
}
