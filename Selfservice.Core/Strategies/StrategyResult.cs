using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Storage;

namespace Selfservice.Strategies;

/// <summary>What is to be said about one field of a submission; an empty key means the form as a whole.</summary>
/// <param name="Key">The key of the node.</param>
/// <param name="Message">What is to be said.</param>
public sealed record FieldMessage(string Key, Message Message);

/// <summary>What a method made of a submission. The engine alone stores and answers.</summary>
/// <typeparam name="T">What a completed submission amounts to.</typeparam>
public abstract record StrategyResult<T>
{
    private StrategyResult()
    {
    }

    /// <summary>The method is satisfied.</summary>
    /// <param name="Value">What the submission amounts to.</param>
    public sealed record Completed(T Value) : StrategyResult<T>;

    /// <summary>Something has to be put right; the form is shown again with these messages.</summary>
    /// <param name="Messages">What is to be said, in order.</param>
    public sealed record Rejected(params IReadOnlyList<FieldMessage> Messages) : StrategyResult<T>;

    /// <summary>A step was done and the form was changed; it is shown again for the next one.</summary>
    /// <param name="Work">What is stored along with the form, such as a code and the mail that carries it; null for nothing.</param>
    public sealed record Pending(StoreWork? Work = null) : StrategyResult<T>;

    /// <summary>The flow cannot go on; another takes its place and says why.</summary>
    /// <param name="Message">What is to be said.</param>
    public sealed record Restart(Message Message) : StrategyResult<T>;

    /// <summary>What was proven by is too old; another flow takes this one's place and says so.</summary>
    /// <param name="At">When it stopped to work.</param>
    public sealed record Expired(DateTimeOffset At) : StrategyResult<T>;

    /// <summary>The person has to prove again who they are first; what they sent is kept until then.</summary>
    public sealed record Unprivileged : StrategyResult<T>;

    /// <summary>The browser goes on elsewhere, for example at a provider. What was submitted is kept until it comes back (<see cref="ICallbackStrategy"/>).</summary>
    /// <param name="Location">Where.</param>
    /// <param name="Work">What is stored along with the flow; null for nothing.</param>
    public sealed record External(string Location, StoreWork? Work = null) : StrategyResult<T>
    {
        /// <summary>What the browser's continuity cookie is to hold, so that it can be told from others when it comes back; null for nothing.</summary>
        public string? ContinuityToken { get; init; }
    }

    /// <summary>It turned out that another kind of flow is what is needed: who wanted to sign in has no account yet, or who wanted to sign up has one. It goes on there at once.</summary>
    /// <param name="Kind">The other kind; a login becomes a registration, or the other way round.</param>
    /// <param name="Proof">What the method found out; it is given to it again, so that nothing has to be proven twice.</param>
    public sealed record Converted(FlowKind Kind, object Proof) : StrategyResult<T>;

    /// <summary>The request cannot be answered with a form.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Failed(ErrorObject Error) : StrategyResult<T>;
}
