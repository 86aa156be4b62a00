namespace Selfservice.Courier;

/// <summary>A message that leaves now.</summary>
/// <param name="Message">What was stored.</param>
/// <param name="HtmlBody">The HTML part; null for text messages.</param>
public sealed record OutgoingMessage(CourierMessage Message, string? HtmlBody);
