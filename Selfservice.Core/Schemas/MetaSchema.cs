using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Selfservice.Schemas;

/// <summary>
/// What a schema document has to look like: the shapes of the keywords, and the closed set of <c>ory.sh/kratos</c>. NJsonSchema checks it; it sees the document only as data,
/// so it never follows a reference of it. Traits themselves are evaluated by <see cref="SchemaEvaluator"/>, because NJsonSchema leaves out too much of draft 7.
/// </summary>
internal static class MetaSchema
{
    // Parsed from a text in memory, without input or output, so that the task is complete when it is returned.
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(Json).GetAwaiter().GetResult();

    /// <exception cref="InvalidIdentitySchemaException">The document is no schema.</exception>
    public static void Check(string id, string json)
    {
        ICollection<ValidationError> errors;
        try
        {
            using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 128 };
            var document = JToken.ReadFrom(reader);
            errors = Schema.Validate(document);
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or OverflowException)
        {
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" has a number that is too large to be enforced; use a smaller one.", e);
        }

        if (errors.FirstOrDefault() is { } error)
            throw new InvalidIdentitySchemaException($"The identity schema \"{id}\" breaks the rule {error.Kind} at {Innermost(error).Path}; correct it by the documentation of that keyword.");
    }

    private static ValidationError Innermost(ValidationError error) =>
        error is ChildSchemaValidationError child && child.Errors.Values.SelectMany(e => e).FirstOrDefault() is { } inner ? Innermost(inner) : error;

    private const string Json = """
        {
          "definitions": {
            "names": { "type": "array", "items": { "type": "string" } },
            "schemas": { "type": "object", "additionalProperties": { "$ref": "#" } },
            "branches": { "type": "array", "minItems": 1, "items": { "$ref": "#" } },
            "typeName": { "type": "string", "enum": ["array", "boolean", "integer", "null", "number", "object", "string"] },
            "channel": { "type": "object", "additionalProperties": false, "properties": { "via": { "type": "string", "enum": ["email", "sms"] } } },
            "identifier": { "type": "object", "additionalProperties": false, "properties": { "identifier": { "type": "boolean" } } }
          },
          "type": ["object", "boolean"],
          "properties": {
            "$id": { "type": "string" },
            "$schema": { "type": "string" },
            "$ref": { "type": "string" },
            "$comment": { "type": "string" },
            "title": { "type": "string" },
            "description": { "type": "string" },
            "type": { "anyOf": [{ "$ref": "#/definitions/typeName" }, { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/typeName" } }] },
            "enum": { "type": "array", "minItems": 1 },
            "format": { "type": "string" },
            "not": { "$ref": "#" },
            "allOf": { "$ref": "#/definitions/branches" },
            "anyOf": { "$ref": "#/definitions/branches" },
            "oneOf": { "$ref": "#/definitions/branches" },
            "if": { "$ref": "#" },
            "then": { "$ref": "#" },
            "else": { "$ref": "#" },
            "minProperties": { "type": "number" },
            "maxProperties": { "type": "number" },
            "required": { "$ref": "#/definitions/names" },
            "properties": { "$ref": "#/definitions/schemas" },
            "patternProperties": { "$ref": "#/definitions/schemas" },
            "additionalProperties": { "$ref": "#" },
            "dependencies": { "type": "object", "additionalProperties": { "anyOf": [{ "$ref": "#" }, { "$ref": "#/definitions/names" }] } },
            "definitions": { "$ref": "#/definitions/schemas" },
            "$defs": { "$ref": "#/definitions/schemas" },
            "propertyNames": { "$ref": "#" },
            "minItems": { "type": "number" },
            "maxItems": { "type": "number" },
            "uniqueItems": { "type": "boolean" },
            "items": { "anyOf": [{ "$ref": "#" }, { "type": "array", "items": { "$ref": "#" } }] },
            "additionalItems": { "$ref": "#" },
            "contains": { "$ref": "#" },
            "minLength": { "type": "number" },
            "maxLength": { "type": "number" },
            "pattern": { "type": "string" },
            "minimum": { "type": "number" },
            "maximum": { "type": "number" },
            "exclusiveMinimum": { "type": ["number", "boolean"] },
            "exclusiveMaximum": { "type": ["number", "boolean"] },
            "multipleOf": { "type": "number" },
            "ory.sh/kratos": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "credentials": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "password": { "$ref": "#/definitions/identifier" },
                    "webauthn": { "$ref": "#/definitions/identifier" },
                    "passkey": { "type": "object", "additionalProperties": false, "properties": { "display_name": { "type": "boolean" } } },
                    "totp": { "type": "object", "additionalProperties": false, "properties": { "account_name": { "type": "boolean" } } },
                    "code": {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": { "identifier": { "type": "boolean" }, "via": { "type": "string", "enum": ["email", "sms"] } }
                    }
                  }
                },
                "verification": { "$ref": "#/definitions/channel" },
                "recovery": { "$ref": "#/definitions/channel" },
                "organizations": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": { "matcher": { "type": "string", "enum": ["email_domain"] } }
                }
              }
            }
          }
        }
        """;
}
