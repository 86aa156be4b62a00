using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Sessions;

namespace Selfservice.Wire;

/// <summary>Writes sessions and identities as clients see them.</summary>
public static class WireWriter
{
    /// <summary>Writes a session.</summary>
    public static void WriteSession(Utf8JsonWriter writer, Session session, string publicUrl, DateTimeOffset now, bool withIdentity = true)
    {
        writer.WriteStartObject();
        writer.WriteString("id", session.Id);
        writer.WriteBoolean("active", session.IsActive(now));
        WriteTime(writer, "expires_at", session.ExpiresAt);
        WriteTime(writer, "authenticated_at", session.AuthenticatedAt);
        writer.WriteString("authenticator_assurance_level", session.Aal.ToWireName());
        writer.WriteStartArray("authentication_methods");
        foreach (var method in session.AuthenticationMethods)
            WriteMethod(writer, method);
        writer.WriteEndArray();
        WriteTime(writer, "issued_at", session.IssuedAt);
        writer.WritePropertyName("identity");
        if (withIdentity && session.Identity is { } identity)
            WriteIdentity(writer, identity, publicUrl);
        else
            writer.WriteNullValue();
        writer.WritePropertyName("devices");
        WriteDevices(writer, session.Devices);
        writer.WriteEndObject();
    }

    /// <summary>An identity as its owner sees it: no credentials, no administrators' metadata.</summary>
    public static JsonObject ToObject(Identity identity, string publicUrl)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            WriteIdentity(writer, identity, publicUrl);
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    /// <summary>A session as its owner sees it.</summary>
    public static JsonObject ToObject(Session session, string publicUrl, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            WriteSession(writer, session, publicUrl, now);
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    /// <summary>A flow as its client sees it.</summary>
    public static JsonObject ToObject(Flow flow) => JsonNode.Parse(FlowSerializer.ToDocument(flow))!.AsObject();

    /// <summary>Writes an identity.</summary>
    public static void WriteIdentity(Utf8JsonWriter writer, Identity identity, string publicUrl, Action<Utf8JsonWriter>? credentials = null, bool withAdminMetadata = false)
    {
        writer.WriteStartObject();
        writer.WriteString("id", identity.Id);
        if (identity.ExternalId is not null)
            writer.WriteString("external_id", identity.ExternalId);
        credentials?.Invoke(writer);
        writer.WriteString("schema_id", identity.SchemaId);
        writer.WriteString("schema_url", IdentitySchemas.Url(publicUrl, identity.SchemaId));
        writer.WriteString("state", identity.State == IdentityState.Active ? "active" : "inactive");
        WriteTime(writer, "state_changed_at", identity.StateChangedAt);
        writer.WritePropertyName("traits");
        identity.Traits.WriteTo(writer);
        if (identity.VerifiableAddresses.Count > 0)
            WriteVerifiable(writer, identity.VerifiableAddresses);
        if (identity.RecoveryAddresses.Count > 0)
            WriteRecovery(writer, identity.RecoveryAddresses);
        WriteJson(writer, "metadata_public", identity.MetadataPublic);
        if (withAdminMetadata)
            WriteJson(writer, "metadata_admin", identity.MetadataAdmin);
        WriteTime(writer, "created_at", identity.CreatedAt);
        WriteTime(writer, "updated_at", identity.UpdatedAt);
        if (identity.OrganizationId is { } organization)
            writer.WriteString("organization_id", organization);
        else
            writer.WriteNull("organization_id");
        writer.WriteEndObject();
    }

    /// <summary>Writes a time; nothing for null.</summary>
    public static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
            writer.WriteString(name, value.UtcDateTime);
    }

    private static void WriteMethod(Utf8JsonWriter writer, AuthenticationMethod method)
    {
        writer.WriteStartObject();
        writer.WriteString("method", method.Method);
        writer.WriteString("aal", method.Aal.ToWireName());
        WriteTime(writer, "completed_at", method.CompletedAt);
        if (method.Provider is not null)
            writer.WriteString("provider", method.Provider);
        if (method.Organization is not null)
            writer.WriteString("organization", method.Organization);
        writer.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter writer, IReadOnlyList<SessionDevice>? devices)
    {
        if (devices is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var device in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("id", device.Id);
            writer.WriteString("ip_address", device.IpAddress ?? "");
            writer.WriteString("user_agent", device.UserAgent);
            writer.WriteString("location", device.Location);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteVerifiable(Utf8JsonWriter writer, IReadOnlyList<VerifiableAddress> addresses)
    {
        writer.WriteStartArray("verifiable_addresses");
        foreach (var address in addresses)
        {
            writer.WriteStartObject();
            writer.WriteString("id", address.Id);
            writer.WriteString("value", address.Value);
            writer.WriteBoolean("verified", address.Verified);
            writer.WriteString("via", address.Via);
            writer.WriteString("status", address.Status switch
            {
                VerificationStatus.Pending => "pending",
                VerificationStatus.Sent => "sent",
                VerificationStatus.Completed => "completed",
                _ => throw new System.Diagnostics.UnreachableException(),
            });
            WriteTime(writer, "verified_at", address.VerifiedAt);
            WriteTime(writer, "created_at", address.CreatedAt);
            WriteTime(writer, "updated_at", address.UpdatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRecovery(Utf8JsonWriter writer, IReadOnlyList<RecoveryAddress> addresses)
    {
        writer.WriteStartArray("recovery_addresses");
        foreach (var address in addresses)
        {
            writer.WriteStartObject();
            writer.WriteString("id", address.Id);
            writer.WriteString("value", address.Value);
            writer.WriteString("via", address.Via);
            WriteTime(writer, "created_at", address.CreatedAt);
            WriteTime(writer, "updated_at", address.UpdatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        writer.WritePropertyName(name);
        if (value is { } json)
            json.WriteTo(writer);
        else
            writer.WriteNullValue();
    }
}
