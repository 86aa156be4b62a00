using System.Text.Json.Nodes;

namespace Selfservice.Flows;

/// <summary>What a client is told to do after a flow.</summary>
public static class ContinueWith
{
    /// <summary>Send the browser somewhere.</summary>
    public static JsonObject RedirectBrowserTo(string location) => new() { ["action"] = "redirect_browser_to", ["redirect_browser_to"] = location };

    /// <summary>Keep this session token.</summary>
    public static JsonObject SetSessionToken(string token) => new() { ["action"] = "set_ory_session_token", ["ory_session_token"] = token };
}
