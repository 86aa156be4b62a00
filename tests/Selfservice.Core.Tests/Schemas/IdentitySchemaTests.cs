using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Schemas;

namespace Selfservice.Core.Tests.Schemas;

public sealed class IdentitySchemaTests
{
    private const string Rich = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "properties": { "traits": {
            "type": "object",
            "properties": {
              "email": { "type": "string", "format": "email", "title": "E-Mail", "minLength": 3,
                "ory.sh/kratos": { "credentials": { "password": { "identifier": true }, "code": { "identifier": true, "via": "email" } },
                                   "verification": { "via": "email" }, "recovery": { "via": "email" } } },
              "phone": { "type": "string", "format": "tel",
                "ory.sh/kratos": { "credentials": { "code": { "identifier": true, "via": "sms" } } } },
              "age": { "type": "integer", "minimum": 18, "maximum": 99 },
              "above": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1000000, "multipleOf": 0.5 },
              "plan": { "enum": ["free", "pro"] },
              "size": { "type": "integer", "enum": [1, 2] },
              "tos": { "type": "boolean", "const": true },
              "fixed": { "const": "yes" },
              "shape": { "const": { "a": 1 } },
              "code": { "type": "string", "maxLength": 3, "pattern": "^\\d+$" },
              "site": { "type": "string", "format": "uri" },
              "either": { "type": ["string", "number"] },
              "tags": { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 2, "uniqueItems": true },
              "name": { "type": "object", "properties": { "first": { "type": "string", "title": "First" } }, "required": ["first"] }
            },
            "required": ["email"],
            "additionalProperties": false,
            "if": { "properties": { "plan": { "const": "pro" } }, "required": ["plan"] },
            "then": { "required": ["phone"] }
          } }
        }
        """;

    private static readonly IdentitySchema Schema = IdentitySchema.Parse("rich", Rich, selectable: true);

    [TestCase("""{}""", "traits.email", 4000002, "Property email is missing.", """{"property":"email"}""")]
    [TestCase("""{"email":"a@b.example","name":{}}""", "traits.name.first", 4000002, "Property first is missing.", """{"property":"first"}""")]
    [TestCase("""{"email":"a@b.example","plan":"pro"}""", "traits.phone", 4000002, "Property phone is missing.", """{"property":"phone"}""")]
    [TestCase("""{"email":"nobody"}""", "traits.email", 4000040, "Enter a valid email address", """{"value":"nobody"}""")]
    [TestCase("""{"email":"a@b.example","phone":"123"}""", "traits.phone", 4000041, "Enter a valid phone number", """{"value":"123"}""")]
    [TestCase("""{"email":"a@b.example","age":17}""", "traits.age", 4000018, "must be >= 18 but found 17", """{"actual":17,"minimum":18}""")]
    [TestCase("""{"email":"a@b.example","age":100}""", "traits.age", 4000020, "must be <= 99 but found 100", """{"actual":100,"maximum":99}""")]
    [TestCase("""{"email":"a@b.example","age":18.5}""", "traits.age", 4000026, "expected integer, but got number", """{"actual_type":"number","allowed_types":["integer"]}""")]
    [TestCase("""{"email":"a@b.example","above":0}""", "traits.above", 4000019, "must be > 0 but found 0", """{"actual":0,"minimum":0}""")]
    [TestCase("""{"email":"a@b.example","above":2000000}""", "traits.above", 4000021, "must be < 1e+06 but found 2e+06", """{"actual":2000000,"maximum":1000000}""")]
    [TestCase("""{"email":"a@b.example","above":0.3}""", "traits.above", 4000022, "0.3 not multipleOf 0.5", """{"actual":0.3,"base":0.5}""")]
    [TestCase("""{"email":"a@b.example","plan":"x"}""", "traits.plan", 4000001, "value must be one of \"free\", \"pro\"", """{"reason":"value must be one of \"free\", \"pro\""}""")]
    [TestCase("""{"email":"a@b.example","size":4}""", "traits.size", 4000001, "value must be one of \"1\", \"2\"", """{"reason":"value must be one of \"1\", \"2\""}""")]
    [TestCase("""{"email":"a@b.example","tos":false}""", "traits.tos", 4000029, "must be equal to constant true", """{"expected":"true"}""")]
    [TestCase("""{"email":"a@b.example","fixed":5}""", "traits.fixed", 4000029, "must be equal to constant \"yes\"", """{"expected":"\"yes\""}""")]
    [TestCase("""{"email":"a@b.example","shape":{}}""", "traits.shape", 4000030, "const failed", null)]
    [TestCase("""{"email":"a@b.example","code":"12345"}""", "traits.code", 4000017, "length must be <= 3, but got 5", """{"actual_length":5,"max_length":3}""")]
    [TestCase("""{"email":"a@b.example","code":"a"}""", "traits.code", 4000004, "does not match pattern \"^\\\\d+$\"", """{"pattern":"^\\d+$"}""")]
    [TestCase("""{"email":"a@b.example","code":"1\n"}""", "traits.code", 4000004, "does not match pattern \"^\\\\d+$\"", """{"pattern":"^\\d+$"}""")]
    [TestCase("""{"email":"a@b.example","site":"no"}""", "traits.site", 4000001, "\"no\" is not valid \"uri\"", """{"reason":"\"no\" is not valid \"uri\""}""")]
    [TestCase("""{"email":"a@b.example","either":true}""", "traits.either", 4000026, "expected string or number, but got boolean", """{"actual_type":"boolean","allowed_types":["string","number"]}""")]
    [TestCase("""{"email":"a@b.example","tags":[]}""", "traits.tags", 4000024, "minimum 1 items allowed, but found 0 items", """{"actual_items":0,"min_items":1}""")]
    [TestCase("""{"email":"a@b.example","tags":["a","b","c"]}""", "traits.tags", 4000023, "maximum 2 items allowed, but found 3 items", """{"actual_items":3,"max_items":2}""")]
    [TestCase("""{"email":"a@b.example","tags":["a","a"]}""", "traits.tags", 4000025, "items at index 0 and 1 are equal", """{"index_a":0,"index_b":1}""")]
    [TestCase("""{"email":"a@b.example","tags":["a",1]}""", "traits.tags.1", 4000026, "expected string, but got number", """{"actual_type":"number","allowed_types":["string"]}""")]
    [TestCase("""{"email":"a@b.example","nope":1}""", "traits", 4000001, "additionalProperties \"nope\" not allowed", """{"reason":"additionalProperties \"nope\" not allowed"}""")]
    public void Evaluate_OneWrongTrait_GivesTheMessage(string traits, string key, int id, string text, string? context)
    {
        var violation = Schema.Evaluate(JsonNode.Parse(traits)).Violations.ShouldHaveSingleItem();

        violation.NodeKey.ShouldBe(key);
        violation.Message.Id.Value.ShouldBe(id);
        violation.Message.Text.ShouldBe(text);
        JsonNode.DeepEquals(violation.Message.Context, context is null ? null : JsonNode.Parse(context)).ShouldBeTrue(violation.Message.Context?.ToJsonString());
    }

    [TestCase("""{"email":"a@b.example","age":-1}""", "I[#/traits/age] S[#/properties/traits/properties/age/minimum] must be >= 18 but found -1")]
    [TestCase("null", "I[#/traits] S[#/properties/traits/type] expected object, but got null")]
    [TestCase(
        """{"email":"x"}""",
        "I[#/traits/email] S[#/properties/traits/properties/email] validation failed\n  I[#/traits/email] S[#/properties/traits/properties/email/format] \"x\" is not valid \"email\"\n  I[#/traits/email] S[#/properties/traits/properties/email/minLength] length must be >= 3, but got 1\n  I[#/traits/email] S[#/properties/traits/properties/email/format] \"x\" is not valid \"email\"")]
    [TestCase(
        """{"email":"a@b.example","phone":"0170 5551234"}""",
        "I[#/traits/phone] S[#/properties/traits/properties/phone] validation failed\n  I[#/traits/phone] S[#/properties/traits/properties/phone/format] \"0170 5551234\" is not valid \"tel\"\n  I[#/traits/phone] S[#/properties/traits/properties/phone] invalid country code")]
    public void Evaluate_WrongTraits_AreDumpedAsATree(string traits, string dump) => Schema.Evaluate(JsonNode.Parse(traits)).DumpText.ShouldBe(dump);

    [Test]
    public void Evaluate_ValidTraits_DeriveIdentifiersAndAddresses()
    {
        using var traits = JsonDocument.Parse("""{"email":"Kim@Acme.Example","phone":"+49 170 555 12 34"}""");

        var evaluation = Schema.Evaluate(traits.RootElement);

        evaluation.IsValid.ShouldBeTrue(evaluation.DumpText);
        evaluation.Identifiers["password"].ShouldBe(["kim@acme.example"]);
        evaluation.Identifiers["code"].ShouldBe(["kim@acme.example", "+491705551234"]);
        evaluation.VerifiableAddresses.ShouldBe([new TraitAddress("email", "kim@acme.example")]);
        evaluation.RecoveryAddresses.ShouldBe([new TraitAddress("email", "kim@acme.example")]);
        evaluation.CodeAddresses.ShouldBe([new TraitAddress("email", "kim@acme.example"), new TraitAddress("sms", "+491705551234")]);
    }

    [Test]
    public void TraitFields_FollowTheDocument() => Schema.TraitFields.Select(f => f.Path).ShouldBe(
        ["traits.email", "traits.phone", "traits.age", "traits.above", "traits.plan", "traits.size", "traits.tos", "traits.fixed", "traits.code", "traits.site", "traits.tags", "traits.name.first"]);

    [Test]
    public void TraitPaths_IncludeObjects() => Schema.TraitPaths.Where(p => p.Type == "object").Select(p => p.Path).ShouldBe(["traits", "traits.name"]);

    [TestCase("""{"email":"a@b.example","email":"c@d.example"}""")]
    [TestCase("""{"email":"\ud800"}""")]
    [TestCase("""{"email":"a@b.example","age":1e999999999999}""")]
    [TestCase("""{"email":"a@b.example","above":1e999999999}""")]
    public void Evaluate_HostileTraits_AreRefused(string traits)
    {
        using var document = JsonDocument.Parse(traits);
        Schema.Evaluate(document.RootElement).IsValid.ShouldBeFalse();
    }

    [Test]
    public void Evaluate_DeepTraits_AreRefused()
    {
        using var document = JsonDocument.Parse(new string('[', 500) + new string(']', 500), new JsonDocumentOptions { MaxDepth = 1000 });
        Schema.Evaluate(document.RootElement).IsValid.ShouldBeFalse();
    }

    [TestCase("""{"properties":{"traits":{"properties":{"a":{"type":"string"}}}},"$schema":"https://json-schema.org/draft/2020-12/schema"}""", "$schema")]
    [TestCase("""{}""", "properties.traits")]
    [TestCase("""{"properties":{"traits":{"type":"object"}}}""", "no trait")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"ory.sh/kratos":{"nope":1}}}}}}""", "ory.sh/kratos")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"$ref":"http://localhost:1/x"}}}}}""", "same document")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"$ref":"#/properties/traits/properties/a"}}}}}""", "refers to itself")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"pattern":"(?<a-b>x)"}}}}}""", "pattern")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"type":"sting"}}}}}""", "rule")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"items":{"ory.sh/kratos":{"nope":1}}}}}}}""", "rule")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"items":[{"type":5}]}}}}}""", "rule")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"$ref":"#/x"}}}},"x":{"type":"sting"}}""", "wrong type")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"contentEncoding":"base64"}}}}}""", "contentEncoding")]
    [TestCase("""{"properties":{"traits":{"properties":{"a":{"ory.sh/kratos":{"verification":{"via":"sms"}}}}}}}""", "without a format")]
    public void Parse_WhatCannotBeEnforced_IsRefused(string json, string part) =>
        Should.Throw<InvalidIdentitySchemaException>(() => IdentitySchema.Parse("bad", json, selectable: false)).Message.ShouldContain(part);

    [Test]
    public void Evaluate_CatastrophicPattern_EndsInTime()
    {
        var schema = IdentitySchema.Parse("slow", """{"properties":{"traits":{"properties":{"a":{"pattern":"^(?=x*)(x+x+)+y$"}}}}}""", selectable: false);
        schema.Evaluate(new JsonObject { ["a"] = new string('x', 5000) }).IsValid.ShouldBeFalse();
    }

    [Test]
    public void Evaluate_ReferencesThatMultiply_EndInTime()
    {
        const string json = """
            {"properties":{"traits":{"properties":{"a":{"$ref":"#/definitions/twice"}}}},
             "definitions":{"twice":{"allOf":[{"items":{"$ref":"#/definitions/twice"}},{"items":{"$ref":"#/definitions/twice"}}]}}}
            """;
        var schema = IdentitySchema.Parse("twice", json, selectable: false);
        using var traits = JsonDocument.Parse($$"""{"a":{{new string('[', 50)}}{{new string(']', 50)}}}""");

        schema.Evaluate(traits.RootElement).IsValid.ShouldBeFalse();
    }

    [Test]
    public void BuiltIn_CheckedLikeAnyOther_IsFine() => IdentitySchema.Parse("default", IdentitySchema.BuiltInJson, selectable: false).TraitPaths.ShouldBe(IdentitySchema.BuiltIn.TraitPaths);
}
