using System.Text.Json.Nodes;
using Selfservice.Login;
using Selfservice.Nodes;

namespace Selfservice.Strategies.Oidc;

/// <summary>The messages of social sign-in.</summary>
internal static class OidcMessages
{
    /// <summary>1010002: the button that signs in.</summary>
    public static Message SignIn(string label, string id) => Message.Info(1010002, $"Sign in with {label}", new() { ["provider"] = label, ["provider_id"] = id });

    /// <summary>1010018: the button that signs in to the account that something is added to.</summary>
    public static Message Confirm(string label) => Message.Info(1010018, $"Confirm with {label}", new() { ["provider"] = label });

    /// <summary>1040002: the button that signs up.</summary>
    public static Message SignUp(string label, string id) => Message.Info(1040002, $"Sign up with {label}", new() { ["provider"] = label, ["provider_id"] = id });

    /// <summary>1040003: the button that goes on with a registration of which something is missing.</summary>
    public static Message Continue { get; } = Message.Info(1040003, "Continue");

    /// <summary>1050002: the button that adds a provider to an account.</summary>
    public static Message Link(string label) => Message.Info(1050002, $"Link {label}", new() { ["provider"] = label });

    /// <summary>1050003: the button that takes a provider from an account.</summary>
    public static Message Unlink(string label) => Message.Info(1050003, $"Unlink {label}", new() { ["provider"] = label });

    /// <summary>1010016: why somebody who wanted to sign up is asked to sign in to the account that is there already.</summary>
    /// <param name="offer">What is added to which account.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="loginUrl">Where a login that adds nothing begins.</param>
    public static Message SignInToLink(LinkOffer offer, string provider, string loginUrl) => Message.Info(
        1010016,
        $"You tried to sign in with {Quote(offer.Identifier)}, but that email is already used by another account. Sign in to your account with one of the options below "
        + $"to add your account {Quote(offer.Identifier)} at {Quote(provider)} as another way to sign in.",
        new()
        {
            ["available_credential_types"] = Texts(offer.CredentialTypes),
            ["available_providers"] = Texts(offer.Providers),
            ["duplicateIdentifier"] = offer.Identifier,
            ["duplicate_identifier"] = offer.Identifier,
            ["newLoginUrl"] = loginUrl,
            ["new_login_url"] = loginUrl,
            ["provider"] = provider,
        });

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];
}
