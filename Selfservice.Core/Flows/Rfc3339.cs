using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Flows;

/// <summary>Times as the wire has them: RFC 3339 in UTC with a <c>Z</c>, fractions without trailing zeros.</summary>
public static class Rfc3339
{
    /// <summary>The time as text.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Reads and writes times as <see cref="Rfc3339"/> says.</summary>
public sealed class Rfc3339JsonConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // The framework writes a UTC DateTime just so: with a Z and without trailing zeros.
        writer.WriteStringValue(value.UtcDateTime);
    }
}
