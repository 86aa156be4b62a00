using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;

namespace Selfservice.Schemas;

/// <summary>The identity schemas that the host is configured with, loaded and checked once.</summary>
public sealed class IdentitySchemas
{
    private readonly Dictionary<string, IdentitySchema> _byId = new(StringComparer.Ordinal);
    private readonly string _defaultId;

    /// <summary>Loads the configured schemas.</summary>
    /// <exception cref="InvalidIdentitySchemaException">One of them cannot be read or cannot be enforced; the message says why.</exception>
    public IdentitySchemas(IOptions<SelfserviceOptions> options)
    {
        var identity = options.Value.Identity;
        _defaultId = identity.DefaultSchemaId;
        if (identity.Schemas.Count == 0)
            Add(IdentitySchema.BuiltIn);
        foreach (var schema in identity.Schemas)
            Add(IdentitySchema.Parse(schema.Id, Load(schema), schema.SelfserviceSelectable));
        Default = _byId.GetValueOrDefault(_defaultId)
            ?? throw new InvalidIdentitySchemaException($"Identity:DefaultSchemaId is \"{_defaultId}\", but Identity:Schemas has no schema with this Id; add one or name one of: {string.Join(", ", _byId.Keys)}.");
    }

    /// <summary>The schemas in the order of the configuration.</summary>
    public IReadOnlyList<IdentitySchema> All { get; private set; } = [];

    /// <summary>The schema of identities that do not ask for another.</summary>
    public IdentitySchema Default { get; }

    /// <summary>The schema with this id; the default one for null and empty; null for an unknown id.</summary>
    public IdentitySchema? Find(string? id) => string.IsNullOrEmpty(id) ? Default : _byId.GetValueOrDefault(id);

    /// <summary>The schema with this id, or whose id is this text in Base64 for URLs; null without one.</summary>
    public IdentitySchema? FindForUrl(string id)
    {
        if (_byId.TryGetValue(id, out var schema))
            return schema;
        Span<byte> bytes = stackalloc byte[256];
        return id.Length <= 256 && Base64Url.IsValid(id) && Base64Url.TryDecodeFromChars(id, bytes, out var length)
            ? _byId.GetValueOrDefault(Encoding.UTF8.GetString(bytes[..length]))
            : null;
    }

    /// <summary>Whether a client may ask for a schema when it begins a flow; null when it may.</summary>
    public ErrorObject? CheckSelectable(string? id)
    {
        if (string.IsNullOrEmpty(id) || id == _defaultId)
            return null;
        return _byId.TryGetValue(id, out var schema)
            ? schema.Selectable ? null : ErrorObject.BadRequest($"Requested identity schema \"{id}\" is not enabled for self-service flows.")
            : ErrorObject.BadRequest($"Requested identity schema \"{id}\" does not exist.");
    }

    /// <summary>The URL of a schema as identities show it.</summary>
    public static string Url(string publicUrl, string id) => $"{publicUrl}/schemas/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id))}";

    private void Add(IdentitySchema schema)
    {
        if (!_byId.TryAdd(schema.Id, schema))
            throw new InvalidIdentitySchemaException($"Identity:Schemas has two schemas with the Id \"{schema.Id}\"; give each its own.");
        All = [.. All, schema];
    }

    private static string Load(IdentitySchemaOptions schema)
    {
        if (schema.Url.StartsWith("base64://", StringComparison.Ordinal))
            return Encoding.UTF8.GetString(Decode(schema));
        if (!schema.Url.StartsWith("file://", StringComparison.Ordinal))
            throw new InvalidIdentitySchemaException($"The URL of identity schema \"{schema.Id}\" is \"{schema.Url}\"; use file:// with a path, or base64:// with the document.");
        var path = schema.Url["file://".Length..];
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidIdentitySchemaException($"Identity schema \"{schema.Id}\" cannot be read from {path}: {e.Message}", e);
        }
    }

    private static byte[] Decode(IdentitySchemaOptions schema)
    {
        try
        {
            return Convert.FromBase64String(schema.Url["base64://".Length..]);
        }
        catch (FormatException e)
        {
            throw new InvalidIdentitySchemaException($"The base64:// URL of identity schema \"{schema.Id}\" is no Base64; encode the document in the standard alphabet.", e);
        }
    }
}
