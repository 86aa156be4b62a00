using System.Globalization;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Registration;

/// <summary>The messages of signing up that no single method owns.</summary>
public static class RegistrationMessages
{
    /// <summary>1040001: the button that signs up.</summary>
    public static Message SignUp { get; } = Message.Info(1040001, "Sign up");

    /// <summary>1040009: the second step.</summary>
    public static Message ChooseCredential { get; } = Message.Info(1040009, "Please choose a credential to authenticate yourself with.");

    /// <summary>4000007: another identity has the identifier.</summary>
    public static Message Duplicate { get; } = Message.Error(4000007, "An account with the same identifier (email, phone, username, ...) exists already.");

    /// <summary>4000009: the traits hold nothing to sign in with.</summary>
    public static Message NoIdentifier { get; } = Message.Error(
        4000009,
        "Could not find any login identifiers. Did you forget to set them? This could also be caused by a server misconfiguration.");

    /// <summary>4010003: no method is responsible for what was sent.</summary>
    public static Message NoStrategy { get; } = Message.Error(4010003, "Could not find a strategy to sign you up with. Did you fill out the form correctly?");

    /// <summary>4000028: another identity has the identifier, and how it signs in.</summary>
    /// <param name="hint">The identifier; empty when it must not be shown.</param>
    /// <param name="methods">The names of its credential types.</param>
    /// <param name="providers">The ids of its providers.</param>
    public static Message DuplicateWithHints(string hint, IReadOnlyList<string> methods, IReadOnlyList<string> providers)
    {
        var text = $"You tried signing in with {(hint.Length == 0 ? "an email, phone, or username" : hint)} which is already in use by another account.";
        var ways = methods.Select(WayIn).OfType<string>().Distinct().ToArray();
        if (ways.Length == 0)
            ways = [.. methods.Distinct()];
        if (ways.Length > 0)
            text += $" You can sign in using {(ways.Length == 1 ? ways[0] : string.Join(", ", ways[..^1]) + ", or " + ways[^1])}.";
        if (providers.Count > 0)
            text += $" You can sign in using one of the following social sign in providers: {string.Join(", ", providers.Select(Title))}.";
        return Message.Error(4000028, text, new()
        {
            ["available_credential_types"] = new JsonArray([.. methods.Select(m => (JsonNode)m)]),
            ["available_oidc_providers"] = new JsonArray([.. providers.Select(p => (JsonNode)p)]),
            ["credential_identifier_hint"] = hint,
        });
    }

    private static string? WayIn(string method) => method switch
    {
        "password" => "your password",
        "oidc" or "saml" => "social sign in",
        "webauthn" => "your passkey or a security key",
        "passkey" => "your passkey",
        _ => null,
    };

    private static string Title(string provider) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(provider);
}
