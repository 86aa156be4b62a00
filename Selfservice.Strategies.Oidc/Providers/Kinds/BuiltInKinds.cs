namespace Selfservice.Strategies.Oidc.Providers.Kinds;

/// <summary>The kinds that come with the package.</summary>
internal static class BuiltInKinds
{
    public static IReadOnlyList<ProviderKind> All { get; } =
    [
        OpenIdKinds.Generic, OpenIdKinds.Google, OpenIdKinds.LinkedInV2, OpenIdKinds.Line, OpenIdKinds.NetId, OpenIdKinds.Jackson,
        AppleKind.Apple, MicrosoftKind.Microsoft,
        UserinfoKinds.GitLab, UserinfoKinds.Auth0, UserinfoKinds.Salesforce, UserinfoKinds.UaePass, UserinfoKinds.Lark,
        GitHubKinds.GitHub, GitHubKinds.GitHubApp,
        FacebookKind.Facebook, DiscordKind.Discord, SlackKind.Slack, SpotifyKind.Spotify, LinkedInKind.LinkedIn, VkKind.Vk, YandexKind.Yandex,
        DingTalkKind.DingTalk, PatreonKind.Patreon, AmazonKind.Amazon, XKind.X,
    ];
}
