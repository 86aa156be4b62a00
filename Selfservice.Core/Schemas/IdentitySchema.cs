using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>
/// An identity schema: a JSON Schema document (draft 4, 6 or 7) whose <c>properties.traits</c> says what an identity's traits look like, and by the keyword
/// <c>ory.sh/kratos</c> which of them are identifiers and addresses. It never changes and may be used by many threads.
/// </summary>
public sealed class IdentitySchema
{
    /// <summary>The largest document that is loaded, in characters.</summary>
    public const int MaxDocumentCharacters = 1024 * 1024;

    internal const string BuiltInJson = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Person",
          "type": "object",
          "properties": {
            "traits": {
              "type": "object",
              "properties": {
                "email": {
                  "type": "string", "format": "email", "title": "E-mail", "maxLength": 254,
                  "ory.sh/kratos": {
                    "credentials": { "password": { "identifier": true } },
                    "verification": { "via": "email" },
                    "recovery": { "via": "email" }
                  }
                },
                "name": { "type": "string", "title": "Name", "maxLength": 200 }
              },
              "required": ["email"],
              "additionalProperties": false
            }
          }
        }
        """;

    private readonly SchemaNode _root;

    private IdentitySchema(string id, string json, bool selectable, SchemaNode root)
    {
        Id = id;
        Json = json;
        Selectable = selectable;
        _root = root;
        var walk = TraitWalker.Walk(id, root);
        TraitFields = walk.Fields;
        TraitPaths = walk.Paths;
        IdentifierLabel = walk.IdentifierLabel;
    }

    /// <summary>The id by which configuration and identities name the schema.</summary>
    public string Id { get; }

    /// <summary>The document as it was given.</summary>
    public string Json { get; }

    /// <summary>Whether a flow may ask for this schema although it is not the default one.</summary>
    public bool Selectable { get; }

    /// <summary>The traits that a form has inputs for, in the order of the document.</summary>
    public IReadOnlyList<TraitField> TraitFields { get; }

    /// <summary>Every path that a form may carry, objects included, in the order of the document; the first one is <c>traits</c> itself.</summary>
    public IReadOnlyList<TraitPath> TraitPaths { get; }

    /// <summary>The label of a sign-in form's identifier: the title of the trait when exactly one trait is an identifier and has a title, else "ID".</summary>
    public Message IdentifierLabel { get; }

    /// <summary>Reads a schema document.</summary>
    /// <param name="id">The schema's id.</param>
    /// <param name="json">The document, at most <see cref="MaxDocumentCharacters"/>.</param>
    /// <param name="selectable">Whether flows may ask for it.</param>
    /// <exception cref="InvalidIdentitySchemaException">The document is no identity schema, or holds a rule that could not be enforced.</exception>
    public static IdentitySchema Parse(string id, string json, bool selectable) => new(id, json, selectable, SchemaCompiler.CompileIdentitySchema(id, json, checksShape: true));

    /// <summary>The schema of hosts that bring none. Its shape is checked by a test, not by each host: that would make up a fifth of a start.</summary>
    internal static IdentitySchema BuiltIn { get; } = new("default", BuiltInJson, selectable: false, SchemaCompiler.CompileIdentitySchema("default", BuiltInJson, checksShape: false));

    /// <summary>Checks traits and derives their identifiers and addresses. Wrong traits are an answer, never an exception.</summary>
    /// <param name="traits">The traits; any JSON value.</param>
    public TraitsEvaluation Evaluate(JsonElement traits) => TraitsEvaluator.Evaluate(_root, writer => traits.WriteTo(writer));

    /// <summary>Checks traits and derives their identifiers and addresses. Wrong traits are an answer, never an exception.</summary>
    /// <param name="traits">The traits; any JSON value, null for the JSON null.</param>
    public TraitsEvaluation Evaluate(JsonNode? traits) => TraitsEvaluator.Evaluate(_root, writer =>
    {
        if (traits is null)
            writer.WriteNullValue();
        else
            traits.WriteTo(writer);
    });
}
