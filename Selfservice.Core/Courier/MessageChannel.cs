using Selfservice.Schemas;

namespace Selfservice.Courier;

/// <summary>The way that a message takes. The set is open.</summary>
/// <param name="Name">The name on the wire, lower case.</param>
public readonly record struct MessageChannel(string Name)
{
    private const int LongestRecipient = 320;

    /// <summary>Mail.</summary>
    public static MessageChannel Email { get; } = new("email");

    /// <summary>Text messages to a phone.</summary>
    public static MessageChannel Sms { get; } = new("sms");

    /// <summary>Whether a message to this recipient could arrive: for mail an address with a host name, for other channels a text of 1 to 320 characters without control characters.</summary>
    /// <param name="recipient">The address or number.</param>
    public bool CanReach(string recipient) =>
        recipient.Length is > 0 and <= LongestRecipient && !recipient.Any(char.IsControl) && (this != Email || EmailFormat.IsEmail(recipient) || EmailFormat.IsLoose(recipient));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
