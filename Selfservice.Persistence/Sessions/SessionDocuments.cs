using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>The methods and the devices of a session, as columns of its row.</summary>
internal static class SessionDocuments
{
    public static string Write(IReadOnlyList<AuthenticationMethod> methods) => JsonColumn.Write(methods, static (writer, method) =>
    {
        writer.WriteString("method"u8, method.Method);
        writer.WriteNumber("aal"u8, (int)method.Aal);
        writer.WriteNumber("completed_at"u8, method.CompletedAt.Milliseconds());
        if (method.Provider is not null)
            writer.WriteString("provider"u8, method.Provider);
        if (method.Organization is not null)
            writer.WriteString("organization"u8, method.Organization);
    });

    public static string Write(IReadOnlyList<SessionDevice> devices) => JsonColumn.Write(devices, static (writer, device) =>
    {
        writer.WriteString("id"u8, device.Id);
        if (device.IpAddress is not null)
            writer.WriteString("ip_address"u8, device.IpAddress);
        if (device.UserAgent is not null)
            writer.WriteString("user_agent"u8, device.UserAgent);
        writer.WriteString("location"u8, device.Location);
    });

    public static IReadOnlyList<AuthenticationMethod> ReadMethods(ReadOnlySpan<byte> json) => JsonColumn.Read(json, static (ref reader) =>
    {
        var (method, aal, completedAt, provider, organization) = ("", AuthenticatorAssuranceLevel.Aal0, default(DateTimeOffset), default(string), default(string));
        while (JsonColumn.NextMember(ref reader))
        {
            if (JsonColumn.IsNext(ref reader, "method"u8))
                method = reader.GetString()!;
            else if (JsonColumn.IsNext(ref reader, "aal"u8))
                aal = (AuthenticatorAssuranceLevel)reader.GetInt32();
            else if (JsonColumn.IsNext(ref reader, "completed_at"u8))
                completedAt = reader.GetInt64().ToTime();
            else if (JsonColumn.IsNext(ref reader, "provider"u8))
                provider = reader.GetString();
            else if (JsonColumn.IsNext(ref reader, "organization"u8))
                organization = reader.GetString();
            else
                reader.Skip();
        }

        return new AuthenticationMethod { Method = method, Aal = aal, CompletedAt = completedAt, Provider = provider, Organization = organization };
    });

    public static IReadOnlyList<SessionDevice> ReadDevices(ReadOnlySpan<byte> json) => JsonColumn.Read(json, static (ref reader) =>
    {
        var (id, address, agent, location) = (default(Guid), default(string), default(string), "");
        while (JsonColumn.NextMember(ref reader))
        {
            if (JsonColumn.IsNext(ref reader, "id"u8))
                id = reader.GetGuid();
            else if (JsonColumn.IsNext(ref reader, "ip_address"u8))
                address = reader.GetString();
            else if (JsonColumn.IsNext(ref reader, "user_agent"u8))
                agent = reader.GetString();
            else if (JsonColumn.IsNext(ref reader, "location"u8))
                location = reader.GetString()!;
            else
                reader.Skip();
        }

        return new SessionDevice { Id = id, IpAddress = address, UserAgent = agent, Location = location };
    });
}
