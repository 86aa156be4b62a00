namespace Selfservice.Jsonnet.Tests;

/// <summary>Corners of the library: what is computed and what is not, odd arguments, the order of checks.</summary>
[TestFixture]
public sealed class StdCornerTests
{
    // Bytes that are no UTF-8 become one U+FFFD each.
    [TestCase("std.decodeUTF8([240, 159, 152])", "\"\ufffd\ufffd\ufffd\"")]
    [TestCase("std.decodeUTF8([226, 130, 97])", "\"\ufffd\ufffda\"")]
    [TestCase("[std.decodeUTF8([192, 128]), std.base64Decode('/w==')]", "[\"\ufffd\ufffd\",\"\ufffd\"]")]
    // Base64: line breaks and bits after the last byte are passed over.
    [TestCase("std.base64DecodeBytes('YR==')", "[97]")]
    [TestCase("std.base64DecodeBytes('Y\\nQ==\\n\\n\\n')", "[97]")]
    [TestCase("std.base64DecodeBytes('\\n\\n\\n\\n')", "[]")]
    // From the right there are as many pieces as from the left.
    [TestCase("std.splitLimitR('aXXXb', 'XX', -1)", "[\"aX\",\"b\"]")]
    [TestCase("std.splitLimitR('aXXXXXb', 'XX', 9)", "[\"aX\",\"\",\"b\"]")]
    [TestCase("std.splitLimitR('a,b,c', ',', 1)", "[\"a,b\",\"c\"]")]
    // Sets compute only what they compare; strings are sets of characters.
    [TestCase("[std.setInter([], error 'b'), std.setDiff([], error 'b'), std.setUnion([], [1], error 'key')]", "[[],[],[1]]")]
    [TestCase("[std.setInter('ab', 'b'), std.setDiff('ab', 'b'), std.setMember('b', 'abc'), std.setMember(error 'x', [])]", "[[\"b\"],[\"a\"],true,false]")]
    [TestCase("[std.uniq([error 'x'], error 'key')[1:], std.uniq([], 5), std.uniq('aab')]", "[[],[],[\"a\",\"b\"]]")]
    // The only element is the least and the greatest, of whatever type.
    [TestCase("[std.minArray([{}]), std.maxArray([null]), std.minArray([], onEmpty='e')]", "[{},null,\"e\"]")]
    // Arrays are added up by the operator +.
    [TestCase("[std.flattenArrays(['ab', 'c']), std.flattenArrays('a'), std.flattenArrays([[1], 'a', [2]])]", "[\"[ ]abc\",\"[ ]a\",\"[1]a[2]\"]")]
    // A key is removed from one object, not from those that it is added to.
    [TestCase("{ a: 1 } + std.objectRemoveKey({ a: 2, b: 3 }, 'a')", "{\"a\":1,\"b\":3}")]
    [TestCase("{ a: 1 } + std.objectRemoveKey({ a:: 2, b: super.a }, 'a')", "{\"a\":1,\"b\":1}")]
    [TestCase("std.objectRemoveKey(std.objectRemoveKey({ a: 1, b: 2, c: 3 }, 'a'), 'b') + { a+: 5 }", "{\"a\":5,\"c\":3}")]
    [TestCase("std.objectFieldsAll(std.objectRemoveKey({ a:: 1 } + { a: 2, b:: 3 }, 'a'))", "[\"b\"]")]
    // Assertions are checked when a field is asked for.
    [TestCase("[std.manifestJsonMinified({ assert false }), std.manifestYamlDoc({ assert false }), std.manifestToml({ assert false })]", "[\"{}\",\"{}\",\"\"]")]
    public void Corners(string program, string json) => program.ShouldGive(json);

    [TestCase("std.member([], error 'x')", 1, 16, "x")]
    [TestCase("std.minArray([1], onEmpty=error 'x')", 1, 27, "x")]
    [TestCase("std.removeAt([1, 2], 0.5)", 1, 1, "Expected an integer")]
    [TestCase("std.substr('abc', 0, 3e9)", 1, 1, "third parameter should be an integer")]
    [TestCase("1 << -0.5", 1, 1, "Shift by negative exponent")]
    [TestCase("std.base64DecodeBytes('YW=b')", 1, 1, "illegal base64 data")]
    [TestCase("std.base64DecodeBytes('YQ= ')", 1, 1, "illegal base64 data")]
    [TestCase("std.flattenArrays([{}])", 1, 1, "Unexpected type object, expected array")]
    [TestCase("std.flattenArrays(5)", 1, 1, "foldl second parameter")]
    [TestCase("std.setUnion([1], 5)", 1, 1, "Unexpected type number")]
    public void WrongArguments(string program, int line, int column, string message) =>
        program.ShouldFail(JsonnetErrorKind.Runtime, line, column, message);
}
