using Selfservice.Errors;
using Selfservice.Strategies;

namespace Selfservice.Hooks;

/// <summary>What a hook says before a flow is committed.</summary>
public abstract record HookVerdict
{
    private HookVerdict()
    {
    }

    /// <summary>Go on.</summary>
    public static HookVerdict Continue { get; } = new Proceed();

    /// <summary>Go on.</summary>
    public sealed record Proceed : HookVerdict;

    /// <summary>Do not: show the form again with these messages.</summary>
    /// <param name="Messages">What is to be said.</param>
    public sealed record Veto(params IReadOnlyList<FieldMessage> Messages) : HookVerdict;

    /// <summary>Do not: answer with this error.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Refuse(ErrorObject Error) : HookVerdict;

    /// <summary>Do not: send the browser elsewhere first.</summary>
    /// <param name="Location">Where.</param>
    /// <param name="Error">What clients other than pages are told; null to tell them the location.</param>
    public sealed record Divert(string Location, ErrorObject? Error = null) : HookVerdict;
}
