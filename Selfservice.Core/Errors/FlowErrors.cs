using System.Globalization;
using Selfservice.Flows;

namespace Selfservice.Errors;

/// <summary>The errors that flows and sessions answer with, by the names that clients decide by.</summary>
public static class FlowErrors
{
    /// <summary>Signing in or up while signed in.</summary>
    public static ErrorObject SessionAlreadyAvailable(FlowKind kind) => new()
    {
        Id = "session_already_available",
        Code = 400,
        Message = "you are already logged in",
        Reason = kind == FlowKind.Login
            ? "A valid session was detected and thus login is not possible. Did you forget to set `?refresh=true`?"
            : "A valid session was detected and thus registration is not possible.",
    };

    /// <summary>A second factor was asked for without a first one.</summary>
    public static ErrorObject SessionAal1Required { get; } = new()
    {
        Id = "session_aal1_required",
        Code = 401,
        Message = "aal2 and aal3 can only be requested if a session exists already",
        Reason = "You can not requested a higher AAL (AAL2/AAL3) without an active session.",
    };

    /// <summary>The session needs a second factor.</summary>
    /// <param name="redirect">The URL at which a browser proves it.</param>
    public static ErrorObject SessionAal2Required(string redirect) => new()
    {
        Id = "session_aal2_required",
        Code = 403,
        Message = "Session does not fulfill the requested Authenticator Assurance Level",
        Reason = "An active session was found but it does not fulfill the requested Authenticator Assurance Level. Please verify yourself with a second factor to resolve this issue.",
        Details = new() { ["redirect_browser_to"] = redirect },
        Siblings = new() { ["redirect_browser_to"] = redirect },
    };

    /// <summary>There is no session to end.</summary>
    public static ErrorObject SessionInactive { get; } = new()
    {
        Id = "session_inactive",
        Code = 401,
        Message = "request does not have a valid authentication session",
        Reason = "No active session was found in this request.",
    };

    /// <summary>A flow that has expired was asked for.</summary>
    /// <param name="kind">The flow.</param>
    /// <param name="client">Who performs it.</param>
    /// <param name="initUrl">Where a new one begins.</param>
    /// <param name="returnTo">Where the old one was to lead.</param>
    public static ErrorObject FlowExpired(FlowKind kind, ClientType client, string initUrl, string? returnTo) => new()
    {
        Id = "self_service_flow_expired",
        Code = 410,
        Message = "The requested resource is no longer available because it has expired or is otherwise invalid.",
        Reason = client == ClientType.Browser
            ? $"The {kind} flow has expired. Redirect the user to the {kind} flow init endpoint to initialize a new {kind} flow."
            : $"The {kind} flow has expired. Call the {kind} flow init API endpoint to initialize a new {kind} flow.",
        Details = client == ClientType.Browser
            ? new()
            {
                ["redirect_to"] = string.IsNullOrEmpty(returnTo) ? initUrl : $"{initUrl}?return_to={Uri.EscapeDataString(returnTo)}",
                ["return_to"] = returnTo ?? "",
            }
            : new() { ["api"] = initUrl },
    };

    /// <summary>A flow that has expired was submitted; another one takes its place.</summary>
    /// <param name="expiredAt">When it expired.</param>
    /// <param name="now">The time of the submission.</param>
    /// <param name="replacement">The flow that takes its place.</param>
    public static ErrorObject FlowExpiredOnSubmit(DateTimeOffset expiredAt, DateTimeOffset now, Guid replacement) => new()
    {
        Id = "self_service_flow_expired",
        Code = 410,
        Message = "self-service flow expired",
        Reason = $"The self-service flow expired {(now - expiredAt).TotalMinutes.ToString("F2", CultureInfo.InvariantCulture)} minutes ago, initialize a new one.",
        Siblings = new()
        {
            ["expired_at"] = Rfc3339.Format(expiredAt),
            ["since"] = (now - expiredAt).Ticks * 100,
            ["use_flow_id"] = replacement.ToString(),
        },
    };

    /// <summary>The URL to return to is not on the allow-list.</summary>
    public static ErrorObject ReturnToForbidden(string url) =>
        ErrorObject.BadRequest($"Requested return_to URL \"{url}\" is not allowed.") with { Id = "self_service_flow_return_to_forbidden" };

    /// <summary>Nobody may sign up.</summary>
    public static ErrorObject RegistrationDisabled { get; } = new()
    {
        Id = "self_service_flow_disabled",
        Code = 400,
        Message = "registration flow disabled",
        Reason = "Registration is not allowed because it was disabled.",
    };

    /// <summary>The browser has to go on at another URL.</summary>
    public static ErrorObject LocationChangeRequired(string location) => new()
    {
        Id = "browser_location_change_required",
        Code = 422,
        Message = "browser location change required",
        Reason = $"In order to complete this flow please redirect the browser to: {location}",
        Siblings = new() { ["redirect_browser_to"] = location },
    };

    /// <summary>The identity has been switched off.</summary>
    public static ErrorObject IdentityDisabled(Guid identityId) => new()
    {
        Code = 401,
        Message = "identity is disabled",
        Reason = "This account was disabled.",
        Details = new() { ["identity_id"] = identityId.ToString() },
    };

    /// <summary>The method has been switched off.</summary>
    public static ErrorObject MethodDisabled { get; } = ErrorObject.NotFound(
        "This endpoint was disabled by system administrator. Please check your url or contact the system administrator to enable it.");

    /// <summary>An OAuth 2.0 server sent the browser, but the host is not set up to answer it.</summary>
    public static ErrorObject LoginChallengeUnconfigured { get; } =
        InvalidConfiguration("refusing to parse login_challenge query parameter because oauth2_provider.url is invalid or unset");

    /// <summary>The host is not set up for what was asked.</summary>
    public static ErrorObject InvalidConfiguration(string reason) => new() { Id = "invalid_configuration", Code = 500, Message = "Invalid configuration", Reason = reason };
}
