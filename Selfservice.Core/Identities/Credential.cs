using System.Text.Json;

namespace Selfservice.Identities;

/// <summary>One way in which an identity proves itself.</summary>
public sealed record Credential
{
    /// <summary>Its kind; an identity has at most one credential of each.</summary>
    public required CredentialType Type { get; init; }

    /// <summary>The normalised identifiers it is found by; unique per type over all identities.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>What the method keeps, for example a hash; an object.</summary>
    public JsonElement Config { get; init; } = EmptyConfig;

    /// <summary>The version of the configuration's shape; the method that owns the type raises it.</summary>
    public int Version { get; init; }

    /// <summary>When it was set up.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>An empty configuration: the type is derived from the schema, nothing is set up yet.</summary>
    public static JsonElement EmptyConfig { get; } = JsonDocument.Parse("{}").RootElement;
}
