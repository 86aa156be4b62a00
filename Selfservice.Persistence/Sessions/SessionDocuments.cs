using System.Buffers;
using System.Text;
using System.Text.Json;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>
/// The methods and the devices of a session as one JSON column each: they are only ever read and written with it. Every request that a host authenticates reads them, so they are read token by
/// token, in a third of the time that a serializer takes.
/// </summary>
internal static class SessionDocuments
{
    public static string Write(IReadOnlyList<AuthenticationMethod> methods) => Write(methods, static (writer, method) =>
    {
        writer.WriteString("method"u8, method.Method);
        writer.WriteNumber("aal"u8, (int)method.Aal);
        writer.WriteNumber("completed_at"u8, method.CompletedAt.Milliseconds());
        if (method.Provider is not null)
            writer.WriteString("provider"u8, method.Provider);
        if (method.Organization is not null)
            writer.WriteString("organization"u8, method.Organization);
    });

    public static string Write(IReadOnlyList<SessionDevice> devices) => Write(devices, static (writer, device) =>
    {
        writer.WriteString("id"u8, device.Id);
        if (device.IpAddress is not null)
            writer.WriteString("ip_address"u8, device.IpAddress);
        if (device.UserAgent is not null)
            writer.WriteString("user_agent"u8, device.UserAgent);
        writer.WriteString("location"u8, device.Location);
    });

    public static IReadOnlyList<AuthenticationMethod> ReadMethods(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var methods = new List<AuthenticationMethod>(1);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (method, aal, completedAt, provider, organization) = ("", AuthenticatorAssuranceLevel.Aal0, default(DateTimeOffset), default(string), default(string));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (IsNext(ref reader, "method"u8))
                    method = reader.GetString()!;
                else if (IsNext(ref reader, "aal"u8))
                    aal = (AuthenticatorAssuranceLevel)reader.GetInt32();
                else if (IsNext(ref reader, "completed_at"u8))
                    completedAt = reader.GetInt64().ToTime();
                else if (IsNext(ref reader, "provider"u8))
                    provider = reader.GetString();
                else if (IsNext(ref reader, "organization"u8))
                    organization = reader.GetString();
                else
                    reader.Skip();
            }

            methods.Add(new() { Method = method, Aal = aal, CompletedAt = completedAt, Provider = provider, Organization = organization });
        }

        return methods;
    }

    public static IReadOnlyList<SessionDevice> ReadDevices(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var devices = new List<SessionDevice>(1);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (id, address, agent, location) = (default(Guid), default(string), default(string), "");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (IsNext(ref reader, "id"u8))
                    id = reader.GetGuid();
                else if (IsNext(ref reader, "ip_address"u8))
                    address = reader.GetString();
                else if (IsNext(ref reader, "user_agent"u8))
                    agent = reader.GetString();
                else if (IsNext(ref reader, "location"u8))
                    location = reader.GetString()!;
                else
                    reader.Skip();
            }

            devices.Add(new() { Id = id, IpAddress = address, UserAgent = agent, Location = location });
        }

        return devices;
    }

    /// <summary>Whether the member is the one of that name; then the reader stands at its value.</summary>
    private static bool IsNext(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static string Write<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                writer.WriteStartObject();
                members(writer, item);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
