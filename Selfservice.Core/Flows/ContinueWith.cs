using System.Text.Json.Nodes;

namespace Selfservice.Flows;

/// <summary>What a client is told to do after a flow.</summary>
public static class ContinueWith
{
    /// <summary>Send the browser somewhere.</summary>
    public static JsonObject RedirectBrowserTo(string location) => new() { ["action"] = "redirect_browser_to", ["redirect_browser_to"] = location };

    /// <summary>Keep this session token.</summary>
    public static JsonObject SetSessionToken(string token) => new() { ["action"] = "set_ory_session_token", ["ory_session_token"] = token };

    /// <summary>Show the page on which an address is proven.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="address">The address.</param>
    /// <param name="url">The page; null for clients that have none.</param>
    public static JsonObject ShowVerificationUi(Guid flow, string address, string? url) =>
        new() { ["action"] = "show_verification_ui", ["flow"] = Place(flow, url, address) };

    /// <summary>Show the page on which the account is changed.</summary>
    public static JsonObject ShowSettingsUi(Guid flow, string url) => new() { ["action"] = "show_settings_ui", ["flow"] = Place(flow, url) };

    /// <summary>Show the page on which the account is recovered.</summary>
    public static JsonObject ShowRecoveryUi(Guid flow) => new() { ["action"] = "show_recovery_ui", ["flow"] = Place(flow, null) };

    private static JsonObject Place(Guid flow, string? url, string? address = null)
    {
        var place = new JsonObject { ["id"] = flow.ToString() };
        if (address is not null)
            place["verifiable_address"] = address;
        if (url is not null)
            place["url"] = url;
        return place;
    }
}
