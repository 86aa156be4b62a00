using Selfservice.Nodes;

namespace Selfservice.Sample.CustomStrategy;

/// <summary>The messages of the badge method. Packages from outside the suite number theirs from 9,000,000 up.</summary>
public static class BadgeMessages
{
    /// <summary>9000001: the label of the field.</summary>
    public static Message Label { get; } = Message.Info(MessageId.FirstThirdPartyValue + 1, "Badge number");

    /// <summary>9000002: the button that signs in.</summary>
    public static Message SignIn { get; } = Message.Info(MessageId.FirstThirdPartyValue + 2, "Sign in with badge");

    /// <summary>9000003: nobody has this badge.</summary>
    public static Message UnknownBadge { get; } = Message.Error(MessageId.FirstThirdPartyValue + 3, "This badge is not valid.");
}
