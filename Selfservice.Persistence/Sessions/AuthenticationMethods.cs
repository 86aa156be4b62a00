using System.Text.Json;
using System.Text.Json.Serialization;
using Selfservice.Persistence.Sqlite;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Sessions;

/// <summary>The methods of a session as one JSON column: they are only ever read and written together.</summary>
internal static class AuthenticationMethods
{
    public static string Write(IReadOnlyList<AuthenticationMethod> methods) => JsonSerializer.Serialize(
        [.. methods.Select(m => new MethodDocument(m.Method, (int)m.Aal, m.CompletedAt.Milliseconds(), m.Provider, m.Organization))],
        MethodContext.Default.MethodDocumentArray);

    public static IReadOnlyList<AuthenticationMethod> Read(ReadOnlySpan<byte> json)
    {
        var documents = JsonSerializer.Deserialize(json, MethodContext.Default.MethodDocumentArray) ?? [];
        return Array.ConvertAll(documents, d => new AuthenticationMethod
        {
            Method = d.Method,
            Aal = (AuthenticatorAssuranceLevel)d.Aal,
            CompletedAt = d.CompletedAt.ToTime(),
            Provider = d.Provider,
            Organization = d.Organization,
        });
    }
}

internal sealed record MethodDocument(string Method, int Aal, long CompletedAt, string? Provider, string? Organization);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MethodDocument[]))]
internal sealed partial class MethodContext : JsonSerializerContext;
