using Selfservice.Errors;

namespace Selfservice.Strategies.Oidc;

/// <summary>Why a browser that comes back from a provider cannot go on, in the words of the contract.</summary>
internal static class CallbackErrors
{
    private const string Prefix = "Unable to complete OpenID Connect flow";
    private const int MaximumQuotedLength = 500;

    /// <summary>The browser brings no state.</summary>
    public static ErrorObject StateMissing { get; } = ErrorObject.BadRequest(Prefix + " because the OpenID Provider did not return the state query parameter.");

    /// <summary>Nobody was sent away with this state.</summary>
    public static ErrorObject StateUnknown { get; } = ErrorObject.BadRequest(Prefix + " because the state parameter is invalid.");

    /// <summary>The answer of one provider arrives at the address of another.</summary>
    public static ErrorObject ProviderMismatch { get; } = ErrorObject.BadRequest(Prefix + ": provider mismatch between internal state and URL.");

    /// <summary>The state belongs to another start of this browser.</summary>
    public static ErrorObject StateOfAnotherStart { get; } =
        ErrorObject.BadRequest(Prefix + " because the query state parameter does not match the state parameter from the session cookie.");

    /// <summary>The state belongs to another start of this native client.</summary>
    public static ErrorObject StateOfAnotherCode { get; } = ErrorObject.BadRequest(Prefix + " because the query state parameter does not match the state parameter from the code.");

    /// <summary>This browser was not sent away, or too long ago.</summary>
    public static ErrorObject NotSentAway { get; } = new()
    {
        Code = 400,
        Message = "no resumable session found",
        Reason = "The browser does not contain the necessary cookie to resume the session. This is a security violation and was blocked. Please clear your browser's cookies and cache and try again!",
    };

    /// <summary>The provider answered with an error, for example because the person refused.</summary>
    public static string ProviderRefused(string error, string? description) => $"{Prefix} because the OpenID Provider returned error \"{Cut(error)}\": {Cut(description ?? "")}";

    /// <summary>The provider answered without a code.</summary>
    public const string CodeMissing = Prefix + " because the OpenID Provider did not return the code query parameter.";

    /// <summary>There is no such provider.</summary>
    public static ErrorObject UnknownProvider(string id) => ErrorObject.NotFound($"OpenID Connect Provider \"{Cut(id)}\" is unknown or has not been configured");

    /// <summary>The credential was found by its identifier, but does not hold it.</summary>
    public static ErrorObject CredentialMismatch { get; } = new() { Code = 500, Message = "Unable to find matching OpenID Connect credentials." };

    private static string Cut(string text) => text.Length <= MaximumQuotedLength ? text : text[..MaximumQuotedLength];
}
