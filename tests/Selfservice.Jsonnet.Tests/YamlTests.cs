using System.Text.Json;

namespace Selfservice.Jsonnet.Tests;

/// <summary>YAML in and out: what YAML 1.1 and the documentation of the library say.</summary>
[TestFixture]
public sealed class YamlTests
{
    // Plain scalars.
    [TestCase("- 012\n- 0o12\n- 0b11\n- 0x1f\n- 1_000\n- +1\n- 1.\n- .5\n- 1:30", "[10,10,3,31,1000,1,1,0.5,\"1:30\"]")]
    [TestCase("a: null\nb: ~\nc:\nd: ''", "{\"a\":null,\"b\":null,\"c\":null,\"d\":\"\"}")]
    [TestCase("a: x#y\nb: x #y\nc: http://x.y/z\nd: a:b", "{\"a\":\"x#y\",\"b\":\"x\",\"c\":\"http://x.y/z\",\"d\":\"a:b\"}")]
    [TestCase("a: x\n  y\n\n  z", "{\"a\":\"x y\\nz\"}")]
    // Tags of scalars.
    [TestCase("a: yes\nb: !!str yes\nc: !!str 012\nd: !!str\ne: !!str\n  5", "{\"a\":true,\"b\":\"yes\",\"c\":\"012\",\"d\":\"\",\"e\":\"5\"}")]
    [TestCase("a: !!int '3'\nb: !!float 3\nc: !!bool 'true'\nd: !!null ''", "{\"a\":3,\"b\":3,\"c\":true,\"d\":null}")]
    [TestCase("a: !own 5\nb: ! 5\nc: !!binary aGk=\nd: !!map {e: 1}", "{\"a\":\"5\",\"b\":5,\"c\":\"hi\",\"d\":{\"e\":1}}")]
    [TestCase("a: &k !!str 5\nb: *k", "{\"a\":\"5\",\"b\":\"5\"}")]
    // Block and flow collections.
    [TestCase("- - 1\n  - 2\n- - 3", "[[1,2],[3]]")]
    [TestCase("- a: 1\n  b: 2\n-\n  c: 3", "[{\"a\":1,\"b\":2},{\"c\":3}]")]
    [TestCase("a: [1,\n\t2]\nb: {c, d: [e, f], }", "{\"a\":[1,2],\"b\":{\"c\":null,\"d\":[\"e\",\"f\"]}}")]
    [TestCase("? a\n: b\n? c", "{\"a\":\"b\",\"c\":null}")]
    [TestCase("d: {<<: [{a: 1}, {a: 2, b: 3}], b: 4}", "{\"d\":{\"a\":1,\"b\":4}}")]
    // Block scalars.
    [TestCase("a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\nc: |+\n  x\n\n", "{\"a\":\"x\\n y\\n\\nz\\n\",\"b\":\"x\",\"c\":\"x\\n\\n\"}")]
    [TestCase("a: >\n  one\n  two\n\n  three\n    four\n  five\n", "{\"a\":\"one two\\nthree\\n  four\\nfive\\n\"}")]
    [TestCase("a: |2\n   x\n", "{\"a\":\" x\\n\"}")]
    // Documents are cut at lines that are nothing but ---.
    [TestCase("a: 1\n---\n", "[{\"a\":1}]")]
    [TestCase("---\n---\na", "[null,\"a\"]")]
    [TestCase("--- a\n--- b", "\"a\"")]
    [TestCase("x: 1\n...\ny: 2", "{\"x\":1}")]
    [TestCase("", "null")]
    public void Documents_AreRead(string yaml, string json) => $"std.parseYaml({JsonSerializer.Serialize(yaml)})".ShouldGive(json);

    [TestCase("a:\n\tb: 1")]
    [TestCase("\ta: 1")]
    [TestCase("-\ta")]
    [TestCase("a: - b")]
    [TestCase("a: b: c")]
    [TestCase("a: 1\n b: 2")]
    [TestCase("a: *x")]
    [TestCase("a: !!int abc")]
    [TestCase("a: .inf")]
    [TestCase("a: \"\\q\"")]
    [TestCase("a: 'x")]
    [TestCase("[1")]
    [TestCase("- a\nb")]
    public void Texts_ThatAreNoYaml_AreErrors(string yaml) =>
        $"std.parseYaml({JsonSerializer.Serialize(yaml)})".ShouldFail(JsonnetErrorKind.Runtime, 1, 1, "failed to parse YAML");

    [TestCase("std.manifestYamlDoc([0.1, 1e21, 1e-7, -0])", "\"- 0.1\\n- 1000000000000000000000\\n- 0.0000001\\n- -0\"")]
    [TestCase("std.manifestYamlDoc({ a: [], b: {}, c: '', d: 'x\\n' })", "\"\\\"a\\\": []\\n\\\"b\\\": {}\\n\\\"c\\\": \\\"\\\"\\n\\\"d\\\": |\\n  x\"")]
    [TestCase("std.manifestYamlDoc({ a: { b: [{ c: [1] }] } }, indent_array_in_object=true, quote_keys=false)", "\"a:\\n  b:\\n    - c:\\n        - 1\"")]
    public void Values_ArePrinted(string program, string json) => program.ShouldGive(json);

    [TestCase("plain a-b a_b a/b a.b e5 1_ _ 0b12 1.2.3 -a 1-2 1e999 . / 0x", false)]
    [TestCase("1 -5 1.5 .5 1. 1e5 1_0 0b10 0x1F a0x1 inf -inf nan .inf .NaN 1-2-3 -- - --- true NO y null", true)]
    public void Keys_AreQuotedWhereYamlWouldReadSomethingElse(string keys, bool areQuoted)
    {
        foreach (var key in keys.Split(' '))
            $"std.startsWith(std.manifestYamlDoc({{ [x]: 1 for x in ['{key}'] }}, quote_keys=false), '\"')".ShouldGive(areQuoted ? "true" : "false");
    }
}
