using System.Globalization;
using System.Text.Json;

namespace Selfservice.Courier.Templates;

/// <summary>What a template sees.</summary>
public sealed record MessageView
{
    /// <summary>What is rendered now.</summary>
    public required MessagePart Part { get; init; }

    /// <summary>What the message is about.</summary>
    public required CourierTemplate Template { get; init; }

    /// <summary>The way that it takes.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>The variables, by their names on the wire.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The language as a culture's name; null for the default.</summary>
    public string? Culture { get; init; }

    /// <summary>The variable as text: what lies on the path of names that dots separate, such as <c>identity.traits.email</c>; empty without one.</summary>
    /// <param name="path">The path.</param>
    public string Value(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var found = Data;
        foreach (var name in path.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                return "";
        }

        return PlainText.OneLine(found.ValueKind == JsonValueKind.String ? found.GetString()! : found.ValueKind is JsonValueKind.Null ? "" : found.GetRawText());
    }

    /// <summary>The variable as a count of minutes in words, such as <c>1 minute</c> or <c>10 minutes</c>.</summary>
    /// <param name="path">The path, as in <see cref="Value"/>.</param>
    public string Minutes(string path) => Value(path) is "1" ? "1 minute" : $"{Value(path)} minutes";

    /// <summary>The variable, a time as in RFC 3339, in words in UTC, such as <c>2 January 2030, 03:04 UTC</c>.</summary>
    /// <param name="path">The path, as in <see cref="Value"/>.</param>
    public string Time(string path) =>
        DateTimeOffset.TryParse(Value(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : Value(path);
}
