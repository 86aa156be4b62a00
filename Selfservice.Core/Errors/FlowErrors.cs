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
        Message = kind == FlowKind.Recovery ? "The request was malformed or contained invalid parameters" : "you are already logged in",
        Reason = kind == FlowKind.Login
            ? "A valid session was detected and thus login is not possible. Did you forget to set `?refresh=true`?"
            : $"A valid session was detected and thus {kind} is not possible.",
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
        Id = kind == FlowKind.Login || kind == FlowKind.Registration ? "self_service_flow_expired" : null,
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

    /// <summary>A browser came back to a flow that expired while it was away. Nothing takes its place.</summary>
    /// <param name="expiredAt">When it expired.</param>
    /// <param name="now">The time of the return.</param>
    public static ErrorObject FlowExpiredMeanwhile(DateTimeOffset expiredAt, DateTimeOffset now) => FlowExpiredOnSubmit(expiredAt, now, Guid.Empty) with { Siblings = null };

    /// <summary>A flow cannot go on; another one takes its place.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="replacement">The flow that takes its place.</param>
    public static ErrorObject FlowReplaced(Nodes.Message reason, Guid replacement) => new()
    {
        Id = "self_service_flow_replaced",
        Code = 410,
        Message = "self-service flow replaced",
        // The contract has two sentences, one of them for a flow that had been completed.
        Reason = reason.Id.Value is 4060001 or 4070002 ? "An error occured, please use the new flow." : "An error occured, please retry the flow.",
        Siblings = new() { ["use_flow_id"] = replacement.ToString() },
    };

    /// <summary>An unknown flow was submitted.</summary>
    public static ErrorObject UnknownOnSubmit(FlowKind kind) =>
        kind == FlowKind.Login || kind == FlowKind.Registration ? ErrorObject.MissingRow : ErrorObject.NotFound($"The {kind} request could not be found. Please restart the flow.");

    /// <summary>Somebody must prove again who they are before this can be changed.</summary>
    /// <param name="redirect">The URL at which a browser does.</param>
    public static ErrorObject SessionRefreshRequired(string redirect) =>
        ErrorObject.Forbidden("The login session is too old and thus not allowed to update these fields. Please re-authenticate.") with
        {
            Id = "session_refresh_required",
            Siblings = new() { ["redirect_browser_to"] = redirect },
        };

    /// <summary>The account was changed by somebody else between the reading and the writing.</summary>
    public static ErrorObject ChangedMeanwhile { get; } =
        new() { Code = 409, Message = "The resource could not be changed due to a conflict", Reason = "The account was changed elsewhere at the same moment. Please try again." };

    /// <summary>None of the account's addresses is proven.</summary>
    /// <param name="next">How the proof goes on.</param>
    public static ErrorObject AddressNotVerified(System.Text.Json.Nodes.JsonObject next) => new()
    {
        Id = "session_verified_address_required",
        Code = 403,
        Message = "your email or phone address is not yet verified",
        Reason = "Your account's email or phone address are not verified yet. Please check your email or phone inbox or re-request verification.",
        Details = new() { ["continue_with"] = new System.Text.Json.Nodes.JsonArray(next) },
    };

    /// <summary>The flow belongs to somebody else.</summary>
    public static ErrorObject IdentityMismatch { get; } =
        ErrorObject.Forbidden("The request was initiated by someone else and has been blocked for security reasons. Please go back and try again.") with { Id = "security_identity_mismatch" };

    /// <summary>Nobody may recover an account here.</summary>
    public static ErrorObject RecoveryDisabled { get; } = ErrorObject.BadRequest("Recovery is not allowed because it was disabled.");

    /// <summary>Nobody may prove an address here.</summary>
    public static ErrorObject VerificationDisabled { get; } = ErrorObject.BadRequest("Verification is not allowed because it was disabled.");

    /// <summary>The method that a flow is configured to use is switched off.</summary>
    public static ErrorObject StrategyUnavailable(FlowKind kind) => ErrorObject.BadRequest($"The method that {kind} is configured to use is switched off.");

    /// <summary>Nobody is signed in whose account could be changed.</summary>
    public static ErrorObject SettingsNeedSession { get; } = SessionInactive with { Reason = "This endpoint can only be accessed with a valid session. Please log in and try again." };

    /// <summary>The session that a flow needs is missing.</summary>
    public static ErrorObject SessionMissing { get; } = ErrorObject.Unauthorized("A valid Ory Session Cookie or Ory Session Token is missing.");

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
