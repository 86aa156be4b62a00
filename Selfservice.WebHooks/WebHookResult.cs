using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Strategies;

namespace Selfservice.WebHooks;

/// <summary>What came of a call.</summary>
internal abstract record WebHookResult
{
    private WebHookResult()
    {
    }

    /// <summary>The flow may go on.</summary>
    /// <param name="Identity">What is to be changed about the identity; null for nothing.</param>
    public sealed record Accepted(JsonObject? Identity = null) : WebHookResult;

    /// <summary>The other side stops the flow.</summary>
    /// <param name="Messages">What the person is told.</param>
    public sealed record Interrupted(IReadOnlyList<FieldMessage> Messages) : WebHookResult;

    /// <summary>The call failed.</summary>
    /// <param name="Error">What the person is told: nothing about the other side.</param>
    public sealed record Failed(ErrorObject Error) : WebHookResult;
}
