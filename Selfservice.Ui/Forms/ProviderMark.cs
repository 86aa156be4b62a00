using System.Globalization;

namespace Selfservice.Ui.Forms;

/// <summary>How a provider is shown: its name, and a small mark of our own drawing. Nobody's logo is used: those have rules of their own, and a host that follows them styles the marks.</summary>
/// <param name="Kind">What the id begins with, up to the first hyphen; the markup carries it for stylesheets.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Tone">One of six colours of the stylesheet.</param>
/// <param name="Glyph">The lines of an icon in a square of 24; null where the initial stands for the provider.</param>
internal sealed record ProviderMark(string Kind, string Name, string Tone, string? Glyph)
{
    private const string Branch = "M7 7.5v9M17 10.5c0 4-7.5 2.5-9.5 6M9.5 5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM9.5 19a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM19.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z";
    private const string Bubble = "M4 5h16v11h-9l-4 4v-4H4ZM8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01";
    private const string Note = "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z";
    private const string Key = "M11.5 12a3.75 3.75 0 1 1-7.5 0 3.75 3.75 0 0 1 7.5 0ZM11.5 12H21M17 12v3.5M21 12v2.5";

    private static readonly string[] s_tones = ["blue", "red", "green", "ink", "violet", "amber"];

    private static readonly Dictionary<string, ProviderMark> s_known = new ProviderMark[]
    {
        new("amazon", "Amazon", "amber", null),
        new("apple", "Apple", "ink", null),
        new("auth0", "Auth0", "amber", Key),
        new("dingtalk", "DingTalk", "blue", Bubble),
        new("discord", "Discord", "violet", Bubble),
        new("facebook", "Facebook", "blue", null),
        new("github", "GitHub", "ink", Branch),
        new("gitlab", "GitLab", "amber", Branch),
        new("google", "Google", "red", null),
        new("hydra", "Hydra", "violet", Key),
        new("lark", "Lark", "blue", Bubble),
        new("line", "LINE", "green", Bubble),
        new("linkedin", "LinkedIn", "blue", null),
        new("microsoft", "Microsoft", "blue", null),
        new("netid", "netID", "green", Key),
        new("okta", "Okta", "blue", Key),
        new("patreon", "Patreon", "red", null),
        new("salesforce", "Salesforce", "blue", null),
        new("slack", "Slack", "violet", Bubble),
        new("spotify", "Spotify", "green", Note),
        new("twitch", "Twitch", "violet", Bubble),
        new("uaepass", "UAE PASS", "green", Key),
        new("vk", "VK", "blue", null),
        new("x", "X", "ink", null),
        new("yandex", "Yandex", "red", null),
    }.ToDictionary(m => m.Kind, StringComparer.Ordinal);

    /// <summary>What stands in the mark without an icon.</summary>
    public string Initial => StringInfo.GetNextTextElement(Name).ToUpperInvariant();

    /// <summary>The mark of a provider.</summary>
    /// <param name="id">The provider's id.</param>
    /// <param name="name">Its name, where the host or the flow says one.</param>
    public static ProviderMark Of(string id, string? name = null)
    {
        var kind = id.Split('-', 2)[0].ToLowerInvariant();
        var isKnown = s_known.TryGetValue(kind, out var known);
        // A label that nobody set is the id.
        if (string.IsNullOrWhiteSpace(name) || name == id)
            name = isKnown && id.Length == kind.Length ? known!.Name : id.Length == 0 ? "?" : FieldNames.Humanise(id);
        return isKnown ? known! with { Name = name } : new(kind, name, s_tones[kind.Sum(c => c) % s_tones.Length], null);
    }
}
