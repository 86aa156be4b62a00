using System.Runtime.InteropServices;
using System.Text.Json;
using Selfservice.Flows;
using Selfservice.Identities;

namespace Selfservice.Persistence.Sqlite;

/// <summary>The one form that each kind of value has in a column.</summary>
internal static class Columns
{
    public static string Text(this Guid id) => id.ToString("D");

    public static string? Text(this Guid? id) => id?.ToString("D");

    public static Guid ToId(this string text) => Guid.ParseExact(text, "D");

    public static Guid? ToIdOrNull(this string? text) => text is null ? null : text.ToId();

    public static long Milliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Milliseconds(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? ToTime(this long? milliseconds) => milliseconds is { } given ? given.ToTime() : null;

    /// <summary>The bytes without copying them where they are a whole array.</summary>
    public static byte[] Bytes(this ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count ? array : memory.ToArray();

    public static JsonElement ToJson(this string text) => JsonElement.Parse(text);

    public static JsonElement? ToJsonOrNull(this string? text) => text is null ? null : text.ToJson();

    public static string Name(this ClientType type) => type switch
    {
        ClientType.Browser => "browser",
        ClientType.Api => "api",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static ClientType ToClientType(this string name) => name == "api" ? ClientType.Api : ClientType.Browser;

    public static string Name(this IdentityState state) => state switch
    {
        IdentityState.Active => "active",
        IdentityState.Inactive => "inactive",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    // What is not active is not let in, whatever it says.
    public static IdentityState ToIdentityState(this string name) => name == "active" ? IdentityState.Active : IdentityState.Inactive;

    public static string Name(this VerificationStatus status) => status switch
    {
        VerificationStatus.Pending => "pending",
        VerificationStatus.Sent => "sent",
        VerificationStatus.Completed => "completed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static VerificationStatus ToVerificationStatus(this string name) => name switch
    {
        "completed" => VerificationStatus.Completed,
        "sent" => VerificationStatus.Sent,
        _ => VerificationStatus.Pending,
    };
}
