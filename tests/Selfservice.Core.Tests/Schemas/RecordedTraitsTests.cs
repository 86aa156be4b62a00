using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Schemas;

namespace Selfservice.Core.Tests.Schemas;

/// <summary>What the origin answered to traits of a rich schema, replayed against the schema alone.</summary>
public sealed class RecordedTraitsTests
{
    [Test]
    public void TraitFields_OfTheRichSchema_MakeTheRecordedNodes()
    {
        var recorded = Nodes(Read("native-traits-nodes")["steps"]![0]!["response"]!);

        var nodes = Schema().TraitFields.Select(f => JsonSerializer.SerializeToNode(f.ToNode())!).ToArray();
        foreach (var attributes in nodes.Select(n => n["attributes"]!.AsObject()))
        {
            // How the overridden properties of attributes are serialised is the business of the nodes' own tests.
            attributes.Remove("NodeType");
            attributes.Remove("Key");
        }


        nodes.Select(n => n["attributes"]!["name"]!.GetValue<string>()).ShouldBe(recorded.Select(n => n["attributes"]!["name"]!.GetValue<string>()));
        foreach (var (own, expected) in nodes.Zip(recorded))
            JsonNode.DeepEquals(own, expected).ShouldBeTrue($"{own.ToJsonString()} is not {expected.ToJsonString()}");
    }

    [TestCase("native-traits-code-points")]
    [TestCase("native-traits-enum-const")]
    [TestCase("native-traits-formats")]
    [TestCase("native-traits-numbers")]
    [TestCase("native-traits-strings")]
    public void Evaluate_RecordedTraits_GivesTheRecordedMessages(string recording)
    {
        var schema = Schema();
        foreach (var step in Read(recording)["steps"]!.AsArray())
        {
            if (step!["request"]?["body"]?["traits"] is not { } traits)
                continue;
            var text = traits.ToJsonString().Replace("u{email-1}", "kim", StringComparison.Ordinal).Replace("{email-1}", "kim@acme.example", StringComparison.Ordinal);
            var expected = Nodes(step["response"]!)
                .SelectMany(n => n["messages"]!.AsArray().Select(m => $"{n["attributes"]!["name"]} {m!["id"]} {m["text"]} {m["context"]?.ToJsonString()}"));
            var actual = schema.Evaluate(JsonNode.Parse(text)).Violations
                .Select(v => $"{v.NodeKey} {v.Message.Id} {v.Message.Text} {v.Message.Context?.ToJsonString()}");
            actual.ShouldBe(expected, text);
        }
    }

    private static IdentitySchema Schema() => IdentitySchema.Parse("default", Read("profile")["schemas"]!["default"]!.ToJsonString(), selectable: false);

    private static JsonNode[] Nodes(JsonNode response) => [.. response["body"]!["ui"]!["nodes"]!.AsArray().Select(n => n!)
        .Where(n => n["attributes"]!["name"]!.GetValue<string>().StartsWith("traits.", StringComparison.Ordinal))];

    private static JsonNode Read(string name)
    {
        var folder = Environment.GetEnvironmentVariable("SELFSERVICE_CONTRACT");
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("SELFSERVICE_CONTRACT does not name the folder with data/recorded, so the recordings are not compared.");
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "data", "recorded", "traits", name + ".json")))!;
    }
}
