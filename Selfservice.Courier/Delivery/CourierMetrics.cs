using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Selfservice.Courier.Delivery;

/// <summary>Counts attempts and how long messages waited.</summary>
internal sealed class CourierMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _delay;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meters that it makes.")]
    public CourierMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Selfservice");
        _attempts = meter.CreateCounter<long>("selfservice.courier.attempts", "{attempt}", "Attempts to send a message, by outcome: sent, failed, abandoned.");
        _delay = meter.CreateHistogram<double>("selfservice.courier.delay", "s", "How long after it was written a message was sent.");
    }

    public void Sent(CourierMessage message, DateTimeOffset at)
    {
        Count(message, "sent");
        _delay.Record((at - message.CreatedAt).TotalSeconds, Tag(message));
    }

    public void Failed(CourierMessage message) => Count(message, "failed");

    public void Abandoned(CourierMessage message) => Count(message, "abandoned");

    private void Count(CourierMessage message, string outcome) => _attempts.Add(1, Tag(message), new KeyValuePair<string, object?>("outcome", outcome));

    private static KeyValuePair<string, object?> Tag(CourierMessage message) =>
        new("channel", message.Channel == MessageChannel.Email || message.Channel == MessageChannel.Sms ? message.Channel.Name : "other");
}
