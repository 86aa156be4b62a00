namespace Selfservice.Ui;

/// <summary>The texts of the error page.</summary>
public class ErrorTexts
{
    /// <summary>What is said to an error, by its id in the wire contract.</summary>
    public IDictionary<string, ErrorText> ById { get; } = new Dictionary<string, ErrorText>(StringComparer.Ordinal)
    {
        ["security_csrf_violation"] = new(
            "We could not check this request",
            "For your safety we stopped it. This happens when cookies are blocked, when a page was open for long, or when it was opened in another window. Please start again; if it happens again, allow cookies for this site."),
        ["self_service_flow_expired"] = new("This page was open for too long", "Nothing was changed. Please start again; it takes only a moment."),
        ["self_service_flow_replaced"] = new("There is a newer page", "This page was replaced by a newer one. Please go on there or start again."),
        ["self_service_flow_disabled"] = new("Signing up is not possible", "New accounts cannot be created here at the moment. If you already have an account, sign in."),
        ["self_service_flow_return_to_forbidden"] = new(
            "This link leads where we do not send people", "The link that brought you here asks us to send you to a site that we do not know. Nothing was changed."),
        ["session_already_available"] = new("You are already signed in", "There is nothing left to do here.") { Action = ErrorAction.Home },
        ["session_inactive"] = new("You are not signed in", "You have signed out, or your session has ended. Please sign in again."),
        ["session_aal1_required"] = new("Please sign in first", "A second step can only be asked for once you have signed in."),
        ["session_aal2_required"] = new("A second step is needed", "What you wanted to see is better protected. Please sign in with your second factor as well.") { Action = ErrorAction.SecondFactor },
        ["session_refresh_required"] = new("Please confirm that it is you", "You signed in a while ago. For this change, please sign in once more.") { Action = ErrorAction.Refresh },
        ["session_verified_address_required"] = new("Your address is not verified yet", "Look for our message in your inbox and follow it, then sign in again."),
        ["security_identity_mismatch"] = new("This page belongs to another account", "It was opened while somebody else was signed in. Please start again."),
        ["identity_disabled"] = new("This account is disabled", "It cannot be used to sign in. Please contact support if you think that this is a mistake.") { Action = ErrorAction.Home },
        ["invalid_configuration"] = new("Something is not set up right", "This is our fault, not yours. Please try again later.") { Action = ErrorAction.Home },
        ["upstream_error"] = new("Another service did not answer", "We depend on it for this step. Please try again in a few minutes."),
    };

    /// <summary>What is said to an error without a known id, by its HTTP status code.</summary>
    public IDictionary<int, ErrorText> ByCode { get; } = new Dictionary<int, ErrorText>
    {
        [400] = new("This request did not work", "Something about it was not as expected. Please start again."),
        [401] = new("Please sign in", "You need to be signed in for this, or your account cannot be used to sign in."),
        [403] = new("This is not allowed", "You do not have access to this, or the request could not be checked."),
        [404] = new("There is nothing here", "The page or the link does not exist, or does not exist any more.") { Action = ErrorAction.Home },
        [410] = new("This is gone", "It has expired or was used already. Please start again."),
        [429] = new("Too many attempts", "Please wait a few minutes, then try again."),
        [503] = new("We are busy", "Please wait a moment, then try again."),
    };

    /// <summary>What is said to any other error.</summary>
    public ErrorText Other { get; set; } = new("Something went wrong", "This is our fault, not yours. Nothing was lost; please try again in a moment.");

    /// <summary>Button that starts signing in again.</summary>
    public string StartAgain { get; set; } = "Start again";

    /// <summary>Button that goes to the second factor.</summary>
    public string SecondFactor { get; set; } = "Go to the second step";

    /// <summary>Button that asks to prove again who one is.</summary>
    public string Refresh { get; set; } = "Confirm it is you";

    /// <summary>Button or link to the home page.</summary>
    public string GoHome { get; set; } = "Go to the home page";

    /// <summary>Link to help.</summary>
    public string GetHelp { get; set; } = "Get help";

    /// <summary>Opens what support may ask for.</summary>
    public string Details { get; set; } = "Details for support";

    /// <summary>Label of the error's id.</summary>
    public string Reference { get; set; } = "Reference";

    /// <summary>Label of the error's kind.</summary>
    public string Kind { get; set; } = "Kind";

    /// <summary>Label of the error's reason.</summary>
    public string Reason { get; set; } = "Reason";
}
