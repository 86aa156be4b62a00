namespace Selfservice.Courier.Delivery;

/// <summary>The channels that this host has: those of its own before those of the configuration.</summary>
internal sealed class CourierChannels
{
    private readonly Dictionary<MessageChannel, ICourierChannel> _channels = [];

    public CourierChannels(IEnumerable<ICourierChannel> own, ConfiguredChannels configured)
    {
        foreach (var channel in configured.All.Concat(own))
            _channels[channel.Channel] = channel;
    }

    /// <summary>The channel for these messages; null without one.</summary>
    public ICourierChannel? Find(MessageChannel channel) => _channels.GetValueOrDefault(channel);
}
