using System.Text.Json;
using Selfservice.Schemas;
using Selfservice.Submissions;

namespace Selfservice.Core.Tests.Submissions;

/// <summary>The coercions of the contract's §4.2.</summary>
public sealed class TraitsFormTests
{
    private static readonly IdentitySchema Schema = IdentitySchema.Parse("test", """
        {
          "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
          "properties": { "traits": { "type": "object", "properties": {
            "text": { "type": "string" }, "flag": { "type": "boolean" }, "needed": { "type": "boolean" }, "number": { "type": "number" },
            "name": { "type": "object", "properties": { "first": { "type": "string" } } }
          }, "required": ["needed"] } }
        }
        """, selectable: false);

    [TestCase("traits.text", "a", """{"text":"a","name":{}}""")]
    [TestCase("traits.text", "", """{"name":{}}""")]
    [TestCase("traits.flag", "T", """{"flag":true,"name":{}}""")]
    [TestCase("traits.flag", "0", """{"flag":false,"name":{}}""")]
    [TestCase("traits.flag", "on", """{"flag":"on","name":{}}""")]
    [TestCase("traits.flag", "", """{"name":{}}""")]
    [TestCase("traits.needed", "", """{"needed":false,"name":{}}""")]
    [TestCase("traits.number", "1.5", """{"number":1.5,"name":{}}""")]
    [TestCase("traits.number", "x", """{"number":"x","name":{}}""")]
    [TestCase("traits.name.first", "A", """{"name":{"first":"A"}}""")]
    [TestCase("traits.other", "A", """{"name":{}}""")]
    public void Read_AField(string name, string value, string traits) => ShouldRead(Submission.FromForm([new(name, value)]), traits);

    [Test]
    public void Read_ACheckboxAfterItsHiddenDefault_IsTheLast() =>
        ShouldRead(Submission.FromForm([new("traits.flag", "false"), new("traits.flag", "true")]), """{"flag":true,"name":{}}""");

    [TestCase("""{"traits":{"name":{"first":"A"}}}""", """{"name":{"first":"A"}}""")]
    [TestCase("""{"traits.name.first":"A"}""", """{"name":{"first":"A"}}""")]
    [TestCase("""{"traits.text":42}""", """{"text":"42","name":{}}""")]
    [TestCase("""{"traits.text":["a","b"]}""", """{"text":"[\"a\",\"b\"]","name":{}}""")]
    [TestCase("""{"traits":null}""", """{"name":{}}""")]
    [TestCase("""{"traits":"text"}""", """{"name":{}}""")]
    public void Read_Json(string body, string traits)
    {
        using var document = JsonDocument.Parse(body);
        ShouldRead(Submission.FromJson(document.RootElement), traits);
    }

    [Test]
    public void Method_ThatIsNoText_IsItsJson()
    {
        using var document = JsonDocument.Parse("""{"method":1}""");
        Submission.FromJson(document.RootElement).Method.ShouldBe("1");
    }

    private static void ShouldRead(Submission submission, string expected)
    {
        var traits = TraitsForm.Read(submission, Schema, out var fault);
        fault.ShouldBeNull();
        System.Text.Json.Nodes.JsonNode.DeepEquals(traits, System.Text.Json.Nodes.JsonNode.Parse(expected)).ShouldBeTrue(traits.ToJsonString());
    }
}
