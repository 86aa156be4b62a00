using Selfservice.Nodes;

namespace Selfservice.Settings;

/// <summary>The messages of the settings flow.</summary>
public static class SettingsMessages
{
    /// <summary>1050001: the change was saved.</summary>
    public static Message Saved { get; } = new(new(1050001), "Your changes have been saved!", MessageType.Success);

    /// <summary>1070003: the button that saves.</summary>
    public static Message Save { get; } = Message.Info(1070003, "Save");

    /// <summary>4010004: no method is responsible.</summary>
    public static Message NoStrategy { get; } = Message.Error(4010004, "Could not find a strategy to update your settings. Did you fill out the form correctly?");

    /// <summary>4000001: the change would leave no way to sign in.</summary>
    public static Message LastWayIn { get; } = Flows.FlowMessages.Generic("This would take away the last way to sign in to the account.");

    /// <summary>4050002: more than one new address waits for its proof.</summary>
    public static Message OneAddressAtATime { get; } = Message.Error(4050002, "You can only change one address at a time. Please update each address separately.");

    /// <summary>4050001: the message of a flow that takes an expired one's place.</summary>
    public static MessageId Expired { get; } = new(4050001);
}
