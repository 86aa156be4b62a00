using System.Text.Json;
using Selfservice.Identities;
using Selfservice.Persistence.Sqlite;

namespace Selfservice.Persistence.Identities;

/// <summary>The addresses of an identity, as columns of its row. Who has an address is asked of the table <c>addresses</c>.</summary>
internal static class AddressDocuments
{
    public static string Write(IEnumerable<VerifiableAddress> addresses) => JsonColumn.Write(addresses, static (writer, address) =>
    {
        WriteKey(writer, address.Id, address.Via, address.Value);
        writer.WriteBoolean("verified"u8, address.Verified);
        writer.WriteString("status"u8, address.Status.Name());
        if (address.VerifiedAt is { } verifiedAt)
            writer.WriteNumber("verified_at"u8, verifiedAt.Milliseconds());
        WriteTimes(writer, address.CreatedAt, address.UpdatedAt);
    });

    public static string Write(IEnumerable<RecoveryAddress> addresses) => JsonColumn.Write(addresses, static (writer, address) =>
    {
        WriteKey(writer, address.Id, address.Via, address.Value);
        WriteTimes(writer, address.CreatedAt, address.UpdatedAt);
    });

    public static List<VerifiableAddress> ReadVerifiable(ReadOnlySpan<byte> json) => JsonColumn.Read(json, static (ref reader) => Read(ref reader));

    public static List<RecoveryAddress> ReadRecovery(ReadOnlySpan<byte> json) => JsonColumn.Read(json, static (ref reader) =>
    {
        var address = Read(ref reader);
        return new RecoveryAddress { Id = address.Id, Via = address.Via, Value = address.Value, CreatedAt = address.CreatedAt, UpdatedAt = address.UpdatedAt };
    });

    private static VerifiableAddress Read(ref Utf8JsonReader reader)
    {
        var (id, via, value, verified, status) = (default(Guid), "", "", false, VerificationStatus.Pending);
        var (verifiedAt, createdAt, updatedAt) = (default(DateTimeOffset?), default(DateTimeOffset), default(DateTimeOffset));
        while (JsonColumn.NextMember(ref reader))
        {
            if (JsonColumn.IsNext(ref reader, "id"u8))
                id = reader.GetGuid();
            else if (JsonColumn.IsNext(ref reader, "via"u8))
                via = reader.GetString()!;
            else if (JsonColumn.IsNext(ref reader, "value"u8))
                value = reader.GetString()!;
            else if (JsonColumn.IsNext(ref reader, "verified"u8))
                verified = reader.GetBoolean();
            else if (JsonColumn.IsNext(ref reader, "status"u8))
                status = reader.GetString()!.ToVerificationStatus();
            else if (JsonColumn.IsNext(ref reader, "verified_at"u8))
                verifiedAt = reader.GetInt64().ToTime();
            else if (JsonColumn.IsNext(ref reader, "created_at"u8))
                createdAt = reader.GetInt64().ToTime();
            else if (JsonColumn.IsNext(ref reader, "updated_at"u8))
                updatedAt = reader.GetInt64().ToTime();
            else
                reader.Skip();
        }

        return new() { Id = id, Via = via, Value = value, Verified = verified, Status = status, VerifiedAt = verifiedAt, CreatedAt = createdAt, UpdatedAt = updatedAt };
    }

    private static void WriteKey(Utf8JsonWriter writer, Guid id, string via, string value)
    {
        writer.WriteString("id"u8, id);
        writer.WriteString("via"u8, via);
        writer.WriteString("value"u8, value);
    }

    private static void WriteTimes(Utf8JsonWriter writer, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        writer.WriteNumber("created_at"u8, createdAt.Milliseconds());
        writer.WriteNumber("updated_at"u8, updatedAt.Milliseconds());
    }
}
