namespace Selfservice.Jsonnet.Tests;

/// <summary>Edges of functions that the other tables only touch: nothing, one, and what is odd. Expectations are the documentation's, hashes those of other implementations.</summary>
[TestFixture]
public sealed class StdEdgeTests
{
    [TestCase("[std.atan2(0, -1) == std.pi, std.atan2(-1, 0) == -std.pi / 2, std.atan2(0, 1)]", "[true,true,0]")]
    [TestCase("[std.isEven(0), std.isEven(-2), std.isEven(1)]", "[true,true,false]")]
    [TestCase("[std.isOdd(0), std.isOdd(1.0), std.isOdd(-2)]", "[false,true,false]")]
    [TestCase("[std.isInteger(0), std.isInteger(-1.5), std.isInteger(1e300)]", "[true,false,true]")]
    [TestCase("[std.isDecimal(0), std.isDecimal(0.1), std.isDecimal(-0.5)]", "[false,true,true]")]
    [TestCase("[std.mod(-7, 3), std.mod(7.5, 2), std.mod('%s', 'a')]", "[-1,1.5,\"a\"]")]
    [TestCase("[std.modulo(7, 3), std.modulo(0, 5), std.modulo(7, -3)]", "[1,0,1]")]
    public void Numbers_AtTheirEdges(string program, string json) => program.ShouldGive(json);

    [TestCase("[std.escapeStringBash(''), std.escapeStringBash('a b'), std.escapeStringBash(\"''\")]", "[\"''\",\"'a b'\",\"''\\\"'\\\"''\\\"'\\\"''\"]")]
    [TestCase("[std.escapeStringDollars(''), std.escapeStringDollars('a'), std.escapeStringDollars('$$')]", "[\"\",\"a\",\"$$$$\"]")]
    [TestCase("[std.escapeStringJson(''), std.escapeStringJson('\\\\'), std.escapeStringJson('/')]", "[\"\\\"\\\"\",\"\\\"\\\\\\\\\\\"\",\"\\\"/\\\"\"]")]
    [TestCase("[std.escapeStringPython(''), std.escapeStringPython('\"'), std.escapeStringPython(\"'\")]", "[\"\\\"\\\"\",\"\\\"\\\\\\\"\\\"\",\"\\\"'\\\"\"]")]
    [TestCase("[std.escapeStringXML(''), std.escapeStringXML('plain'), std.escapeStringXML('&amp;')]", "[\"\",\"plain\",\"&amp;amp;\"]")]
    [TestCase("[std.lstripChars(' test test ', ' '), std.lstripChars('aaabbbbcccc', 'ba'), std.lstripChars('', 'a')]", "[\"test test \",\"cccc\",\"\"]")]
    [TestCase("[std.rstripChars(' test test ', ' '), std.rstripChars('aaabbbbcccc', 'bc'), std.rstripChars('aa', 'a')]", "[\" test test\",\"aaa\",\"\"]")]
    [TestCase("[std.stripChars(' test test ', ' '), std.stripChars('cacabbbbaacc', 'ac'), std.stripChars('a', '')]", "[\"test test\",\"bbbb\",\"a\"]")]
    [TestCase("[std.parseOctal('17'), std.parseOctal('007'), std.parseOctal('777')]", "[15,7,511]")]
    [TestCase("[std.md5('a'), std.md5('abc'), std.md5('é')]", "[\"0cc175b9c0f1b6a831c399e269772661\",\"900150983cd24fb0d6963f7d28e17f72\",\"66ddcd97cfdeabb2f6fb8a999b4bc76f\"]")]
    [TestCase("[std.sha1(''), std.sha1('a'), std.sha1('é')]", "[\"da39a3ee5e6b4b0d3255bfef95601890afd80709\",\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\",\"bf15be717ac1b080b4f1c456692825891ff5073d\"]")]
    [TestCase("[std.sha256(''), std.sha256('abc'), std.sha256('é')]", "[\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c\"]")]
    [TestCase("[std.sha512(''), std.sha512('abc'), std.sha512('é')]", "[\"cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e\",\"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f\",\"9e2ad28633f24451bd4f3c1cb20586a21a44c3aeedbdc01b9cc8fa72917ea7bd689c82b8bf1fef89b911cf8cc46fa2c1ccc10087b2094fd4d3350ecd88526a2c\"]")]
    [TestCase("std.sha3('é')", "\"240f197bab9d86d25a7b12ab903acd0df93cc8eb25f61eb4a3a24a7d710a3ee28c19a1a7b70dcc25ed8003ee5f96adf864b4d101405888d28980c44597feefc1\"")]
    [TestCase("[std.type(1 / 2), std.type(std.type), std.type('a' + 1)]", "[\"number\",\"function\",\"string\"]")]
    public void Texts_AtTheirEdges(string program, string json) => program.ShouldGive(json);

    [TestCase("[std.filterMap(function(x) true, function(x) x, []), std.filterMap(function(x) false, function(x) error 'not asked', [1]), std.filterMap(function(x) x != 'b', std.asciiUpper, ['a', 'b'])]", "[[],[],[\"A\"]]")]
    [TestCase("[std.foldr(function(x, a) [x, a], [1, 2], 0), std.foldr(function(x, a) error 'not asked', [], 'i'), std.foldr(function(x, a) a + x, ['a', 'b'], '')]", "[[1,[2,0]],\"i\",\"ba\"]")]
    [TestCase("[std.remove([], 1), std.remove(['a', 'b'], 'a'), std.remove([[1], [2]], [2])]", "[[],[\"b\"],[[1]]]")]
    [TestCase("[std.reverse([[1, 2], [3]]), std.reverse(['a']), std.reverse([1, error 'not asked'])[1]]", "[[[3],[1,2]],[\"a\"],1]")]
    [TestCase("[std.objectFieldsAll({}), std.objectFieldsAll({ b: 1, a:: 2 }), std.objectFieldsAll({ a: 1 } + { a:: 2 })]", "[[],[\"a\",\"b\"],[\"a\"]]")]
    [TestCase("[std.objectHas({}, 'a'), std.objectHas({ a: error 'not asked' }, 'a'), std.objectHas({ a:: 1 } + { a: 2 }, 'a')]", "[false,true,false]")]
    [TestCase("[std.objectHasAll({ a: 1 }, 'a'), std.objectHasAll({ a: 1 }, 'b'), std.objectHasAll({ a:: error 'not asked' }, 'a')]", "[true,false,true]")]
    [TestCase("[std.objectHasEx({ a:: 1 }, 'a', true), std.objectHasEx({ a:: 1 }, 'a', false), std.objectHasEx({}, 'a', true)]", "[true,false,false]")]
    [TestCase("[std.objectKeysValues({}), std.objectKeysValues({ b: 1, a: 2 }), std.objectKeysValues({ a:: 1 })]", "[[],[{\"key\":\"a\",\"value\":2},{\"key\":\"b\",\"value\":1}],[]]")]
    [TestCase("[std.objectKeysValuesAll({}), std.objectKeysValuesAll({ b: 1, a:: 2 }), std.length(std.objectKeysValuesAll({ a:: error 'not asked' }))]", "[[],[{\"key\":\"a\",\"value\":2},{\"key\":\"b\",\"value\":1}],1]")]
    [TestCase("[std.objectValuesAll({}), std.objectValuesAll({ b: 1, a:: 2 }), std.length(std.objectValuesAll({ a:: error 'not asked' }))]", "[[],[2,1],1]")]
    public void Collections_AtTheirEdges(string program, string json) => program.ShouldGive(json);

    [TestCase("[std.manifestIni({ sections: {} }), std.manifestIni({ main: { a: 'x' }, sections: {} }), std.manifestIni({ sections: { s: {} } })]", "[\"\",\"a = x\\n\",\"[s]\\n\"]")]
    [TestCase("[std.manifestJsonEx([], ' '), std.manifestJsonEx([1], '  '), std.manifestJsonEx({ a: 1 }, '', ' ', ' : ')]", "[\"[\\n\\n]\",\"[\\n  1\\n]\",\"{ \\\"a\\\" : 1 }\"]")]
    [TestCase("[std.manifestPython(null), std.manifestPython([]), std.manifestPython(-1.5)]", "[\"None\",\"[]\",\"-1.5\"]")]
    [TestCase("[std.manifestPythonVars({}), std.manifestPythonVars({ b: [1], a: 'x' }), std.manifestPythonVars({ a:: 1 })]", "[\"\",\"a = \\\"x\\\"\\nb = [1]\\n\",\"\"]")]
    [TestCase("[std.manifestTomlEx({}, '  '), std.manifestTomlEx({ a: [] }, ' '), std.manifestTomlEx({ s: { b: 1 } }, '\\t')]", "[\"\",\"a = []\",\"\\n\\n[s]\\n\\tb = 1\"]")]
    [TestCase("[std.manifestYamlStream(['a', 1, []]), std.manifestYamlStream([1], c_document_end=false), std.manifestYamlStream([{ a: 1 }], quote_keys=false)]", "[\"---\\n\\\"a\\\"\\n---\\n1\\n---\\n[]\\n...\\n\",\"---\\n1\\n\",\"---\\na: 1\\n...\\n\"]")]
    public void Documents_AtTheirEdges(string program, string json) => program.ShouldGive(json);

    [TestCase("std.parseOctal('8')")]
    [TestCase("std.parseOctal('')")]
    [TestCase("std.reverse(1)")]
    public void WrongArguments_AreErrorsAtTheCall(string program) => program.ShouldFail(JsonnetErrorKind.Runtime, 1, 1);
}
