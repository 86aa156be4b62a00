using Selfservice.Errors;

namespace Selfservice.Courier;

/// <summary>How an attempt to send ended.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The server or gateway took the message.</summary>
    public sealed record Sent : SendResult;

    /// <summary>It did not, and a later attempt may succeed.</summary>
    /// <param name="Error">Why, as administrators see it.</param>
    public sealed record Failed(ErrorObject Error) : SendResult;

    /// <summary>It refused the message for good; no further attempt is made.</summary>
    /// <param name="Error">Why, as administrators see it.</param>
    public sealed record Refused(ErrorObject Error) : SendResult;
}
