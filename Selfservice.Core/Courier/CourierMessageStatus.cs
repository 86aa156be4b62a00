using System.Diagnostics;

namespace Selfservice.Courier;

/// <summary>How far a message has come.</summary>
public enum CourierMessageStatus
{
    /// <summary>It waits for its next attempt.</summary>
    Queued,

    /// <summary>A host is sending it.</summary>
    Processing,

    /// <summary>The server or gateway took it.</summary>
    Sent,

    /// <summary>It could not be sent, and no further attempt is made.</summary>
    Abandoned,
}

/// <summary>The names of the states on the wire.</summary>
public static class CourierMessageStatuses
{
    /// <summary>The name on the wire.</summary>
    public static string ToWireName(this CourierMessageStatus status) => status switch
    {
        CourierMessageStatus.Queued => "queued",
        CourierMessageStatus.Processing => "processing",
        CourierMessageStatus.Sent => "sent",
        CourierMessageStatus.Abandoned => "abandoned",
        _ => throw new UnreachableException(),
    };

    /// <summary>The state that a name on the wire means; null for another name.</summary>
    public static CourierMessageStatus? Parse(string name) => name switch
    {
        "queued" => CourierMessageStatus.Queued,
        "processing" => CourierMessageStatus.Processing,
        "sent" => CourierMessageStatus.Sent,
        "abandoned" => CourierMessageStatus.Abandoned,
        _ => null,
    };
}
