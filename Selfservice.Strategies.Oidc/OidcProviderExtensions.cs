using System.Text.Json.Nodes;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc;

/// <summary>Adds providers in code. Each has its kind as id; change it, or anything else, by the last argument. Providers of the configuration take the place of all of them.</summary>
public static class OidcProviderExtensions
{
    /// <summary>Adds a provider of a kind.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The provider's id.</param>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret; empty where the kind has other proof.</param>
    /// <param name="configure">Sets what else there is.</param>
    public static OidcOptions AddProvider(this OidcOptions options, string kind, string id, string clientId, string clientSecret, Action<ProviderOptions>? configure = null)
    {
        var provider = new ProviderOptions { Provider = kind, Id = id, ClientId = clientId, ClientSecret = clientSecret };
        configure?.Invoke(provider);
        options.Config.Providers.Add(provider);
        return options;
    }

    /// <summary>Adds any provider of OpenID Connect.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="id">The provider's id.</param>
    /// <param name="issuerUrl">The issuer, exactly as the discovery document writes it.</param>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret.</param>
    /// <param name="configure">Sets what else there is.</param>
    public static OidcOptions AddOpenIdConnect(
        this OidcOptions options, string id, string issuerUrl, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("generic", id, clientId, clientSecret, Preset(p => (p.IssuerUrl, p.Scope) = (issuerUrl, ["email", "profile"]), configure));

    /// <summary>Adds Google; asks for name and e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddGoogle(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("google", "google", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("Google", ["email", "profile"]), configure));

    /// <summary>Adds GitHub, for an OAuth app; asks for the e-mail addresses.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret.</param>
    /// <param name="configure">Sets what else there is.</param>
    public static OidcOptions AddGitHub(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("github", "github", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("GitHub", ["user:email"]), configure));

    /// <summary>Adds GitLab; asks for name and e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddGitLab(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("gitlab", "gitlab", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("GitLab", ["read_user", "openid", "profile", "email"]), configure));

    /// <summary>Adds Facebook; asks for the e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddFacebook(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("facebook", "facebook", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("Facebook", ["email"]), configure));

    /// <summary>Adds Discord; asks for the e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddDiscord(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("discord", "discord", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("Discord", ["identify", "email"]), configure));

    /// <summary>Adds LinkedIn; asks for name and e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddLinkedIn(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("linkedin_v2", "linkedin", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("LinkedIn", ["profile", "email"]), configure));

    /// <summary>Adds X; asks for the e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddX(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("x", "x", clientId, clientSecret, Preset(p => (p.Label, p.Scope) = ("X", ["email"]), configure));

    /// <summary>Adds Twitch; asks for the e-mail address.</summary>
    /// <inheritdoc cref="AddGitHub" path="/param"/>
    public static OidcOptions AddTwitch(this OidcOptions options, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("generic", "twitch", clientId, clientSecret, Preset(PresetTwitch, configure));

    /// <summary>Adds Microsoft; asks for name and e-mail address.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="tenant">The tenant: its id or domain, <c>common</c>, <c>organizations</c> or <c>consumers</c>.</param>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret.</param>
    /// <param name="configure">Sets what else there is.</param>
    public static OidcOptions AddMicrosoft(this OidcOptions options, string tenant, string clientId, string clientSecret, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("microsoft", "microsoft", clientId, clientSecret, Preset(p => (p.Label, p.MicrosoftTenant, p.Scope) = ("Microsoft", tenant, ["profile", "email"]), configure));

    /// <summary>Adds Apple; asks for name and e-mail address.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clientId">The service's id.</param>
    /// <param name="teamId">The team's id.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="privateKey">The key, PEM.</param>
    /// <param name="configure">Sets what else there is.</param>
    public static OidcOptions AddApple(this OidcOptions options, string clientId, string teamId, string keyId, string privateKey, Action<ProviderOptions>? configure = null) =>
        options.AddProvider("apple", "apple", clientId, "", Preset(
            p => (p.Label, p.AppleTeamId, p.ApplePrivateKeyId, p.ApplePrivateKey, p.Scope) = ("Apple", teamId, keyId, privateKey, ["email", "name"]), configure));

    private static Action<ProviderOptions> Preset(Action<ProviderOptions> preset, Action<ProviderOptions>? configure) => preset + configure;

    // Twitch tells of an e-mail address only who asks for these claims.
    private static void PresetTwitch(ProviderOptions provider)
    {
        (provider.Label, provider.IssuerUrl, provider.Scope) = ("Twitch", "https://id.twitch.tv/oauth2", ["user:read:email"]);
        provider.RequestedClaims = new JsonObject { ["id_token"] = new JsonObject { ["email"] = null, ["email_verified"] = null } };
    }
}
