using System.Text.Json.Nodes;

namespace Selfservice.Errors;

/// <summary>What a client is told when a request cannot be answered as asked.</summary>
public sealed record ErrorObject
{
    /// <summary>The HTTP status code.</summary>
    public required int Code { get; init; }

    /// <summary>What went wrong in general.</summary>
    public required string Message { get; init; }

    /// <summary>A name that clients decide by; null for an error without one.</summary>
    public string? Id { get; init; }

    /// <summary>What went wrong in particular; null for nothing to add.</summary>
    public string? Reason { get; init; }

    /// <summary>Values that help to mend it; null for none.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>Members that stand beside the error in the answer, such as <c>redirect_browser_to</c>; null for none.</summary>
    public JsonObject? Siblings { get; init; }

    /// <summary>How long the client should wait before it tries again; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>400: the request itself is at fault.</summary>
    public static ErrorObject BadRequest(string reason) => new() { Code = 400, Message = "The request was malformed or contained invalid parameters", Reason = reason };

    /// <summary>401: there is no session that opens this.</summary>
    public static ErrorObject Unauthorized(string reason) => new() { Code = 401, Message = "The request could not be authorized", Reason = reason };

    /// <summary>403: it is refused.</summary>
    public static ErrorObject Forbidden(string reason) => new() { Code = 403, Message = "The requested action was forbidden", Reason = reason };

    /// <summary>404: there is no such thing.</summary>
    public static ErrorObject NotFound(string reason) => new() { Code = 404, Message = "The requested resource could not be found", Reason = reason };

    /// <summary>404: a stored row is missing.</summary>
    public static ErrorObject MissingRow { get; } = new() { Code = 404, Message = "Unable to locate the resource" };

    /// <summary>500: something that the client cannot mend.</summary>
    public static ErrorObject Internal { get; } = new() { Code = 500, Message = "An internal server error occurred, please contact the system administrator" };
}
