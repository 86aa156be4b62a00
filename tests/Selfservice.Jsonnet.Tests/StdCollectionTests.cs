namespace Selfservice.Jsonnet.Tests;

/// <summary>Arrays, sets, objects and documents of the library: at least three expectations a function, from its documentation.</summary>
[TestFixture]
public sealed class StdCollectionTests
{
    [TestCase("[std.makeArray(3, function(i) i * i), std.makeArray(0, function(i) i), std.length(std.makeArray(2, function(i) error 'lazy'))]", "[[0,1,4],[],2]")]
    [TestCase("[std.range(1, 3), std.range(2, 1), std.range(-1, 0)]", "[[1,2,3],[],[-1,0]]")]
    [TestCase("[std.repeat('ab', 2), std.repeat([1], 3), std.repeat('a', 0)]", "[\"abab\",[1,1,1],\"\"]")]
    [TestCase("[std.slice([1, 2, 3, 4, 5], 1, 4, 2), std.slice('jsonnet', 0, 4, 1), std.slice([1, 2, 3], -2, null, null)]", "[[2,4],\"json\",[2,3]]")]
    [TestCase("[std.member([1, 2], 2), std.member('abc', 'b'), std.member([], 1), std.contains([1], 1), std.contains([1], 2), std.contains([], 1)]", "[true,true,false,true,false,false]")]
    [TestCase("[std.count([1, 2, 1], 1), std.count([], 1), std.count([[1]], [1]), std.find(1, [1, 2, 1]), std.find(3, [1]), std.find([1], [[1]])]", "[2,0,1,[0,2],[],[0]]")]
    [TestCase("[std.map(function(x) x + 1, [1, 2]), std.map(function(c) c + c, 'ab'), std.length(std.map(function(x) error 'lazy', [1]))]", "[[2,3],[\"aa\",\"bb\"],1]")]
    [TestCase("[std.mapWithIndex(function(i, x) [i, x], ['a']), std.mapWithIndex(function(i, c) i, 'ab'), std.mapWithIndex(function(i, x) x, [])]", "[[[0,\"a\"]],[0,1],[]]")]
    [TestCase("[std.filter(function(x) x > 1, [1, 2, 3]), std.filter(function(x) true, []), std.filterMap(function(x) x > 1, function(x) x * 2, [1, 2, 3])]", "[[2,3],[],[4,6]]")]
    [TestCase("[std.flatMap(function(x) [x, x], [1, 2]), std.flatMap(function(c) c + c, 'ab'), std.flatMap(function(x) [], [1])]", "[[1,1,2,2],\"aabb\",[]]")]
    [TestCase("[std.flattenArrays([[1], [2, [3]]]), std.flattenArrays([]), std.flattenDeepArray([1, [2, [3, []]]]), std.flattenDeepArray(1)]", "[[1,2,[3]],[],[1,2,3],[1]]")]
    [TestCase("[std.foldl(function(a, x) a + x, ['b', 'c'], 'a'), std.foldr(function(x, a) a + x, ['b', 'c'], 'a'), std.foldl(function(a, x) a + x, 'bc', 'a'), std.foldl(function(a, x) a, [], 0)]", "[\"abc\",\"acb\",\"abc\",0]")]
    [TestCase("[std.reverse([1, 2, 3]), std.reverse([]), std.remove([1, 2, 1], 1), std.remove([1], 2), std.removeAt([1, 2, 3], 1), std.removeAt([1], 0), std.removeAt([1], 5)]", "[[3,2,1],[],[2,1],[1],[1,3],[],[1]]")]
    [TestCase("[std.all([]), std.all([true, false]), std.all([true]), std.any([]), std.any([false, true]), std.any([false])]", "[true,false,true,false,true,false]")]
    [TestCase("[std.sum([1, 2, 3]), std.sum([]), std.avg([1, 2]), std.avg([5]), std.sum([0.5, 0.5]), std.avg([-1, 1])]", "[6,0,1.5,5,1,0]")]
    [TestCase("[std.minArray([3, 1, 2]), std.maxArray([3, 1, 2]), std.minArray([], onEmpty='e'), std.maxArray(['a', 'b']), std.minArray([{ n: 2 }, { n: 1 }], function(o) o.n), std.maxArray([], onEmpty=0)]", "[1,3,\"e\",\"b\",{\"n\":1},0]")]
    [TestCase("[std.sort([3, 1, 2]), std.sort(['b', 'A', 'a']), std.sort([[2], [1, 5]]), std.sort([{ k: 2 }, { k: 1 }], function(o) o.k), std.sort([])]", "[[1,2,3],[\"A\",\"a\",\"b\"],[[1,5],[2]],[{\"k\":1},{\"k\":2}],[]]")]
    [TestCase("[std.uniq([1, 1, 2, 1]), std.uniq([]), std.uniq(['a', 'A'], std.asciiLower), std.set([3, 1, 3]), std.set([]), std.set(['b', 'B', 'a'], std.asciiLower)]", "[[1,2,1],[],[\"a\"],[1,3],[],[\"a\",\"b\"]]")]
    [TestCase("[std.setUnion([1, 2], [2, 3]), std.setInter([1, 2], [2, 3]), std.setDiff([1, 2], [2, 3]), std.setMember(2, [1, 2]), std.setMember(3, [1, 2]), std.setUnion([], []), std.setInter([1], []), std.setDiff([], [1])]", "[[1,2,3],[2],[1],true,false,[],[],[]]")]
    public void ArraysAndSets(string program, string json) => program.ShouldGive(json);

    [TestCase("[std.get({ a: 1 }, 'a'), std.get({}, 'a'), std.get({}, 'a', 2), std.get({ a:: 1 }, 'a', inc_hidden=false)]", "[1,null,2,null]")]
    [TestCase("[std.objectFields({ b: 1, a: 2, h:: 3 }), std.objectFieldsAll({ b: 1, h:: 3 }), std.objectFields({})]", "[[\"a\",\"b\"],[\"b\",\"h\"],[]]")]
    [TestCase("[std.objectHas({ a:: 1 }, 'a'), std.objectHasAll({ a:: 1 }, 'a'), std.objectHas({ a: 1 }, 'a'), std.objectHasAll({}, 'a'), std.objectHasEx({ a:: 1 }, 'a', true)]", "[false,true,true,false,true]")]
    [TestCase("[std.objectValues({ b: 1, a: 2, h:: 3 }), std.objectValuesAll({ h:: 3 }), std.objectKeysValues({ a: 1 }), std.objectKeysValuesAll({ h:: 1 }), std.length(std.objectValues({ a: error 'lazy' }))]", "[[2,1],[3],[{\"key\":\"a\",\"value\":1}],[{\"key\":\"h\",\"value\":1}],1]")]
    [TestCase("[std.objectRemoveKey({ a: 1, b: 2 }, 'a'), std.objectRemoveKey({}, 'a'), std.objectRemoveKey({ a: 1 }, 'a') + { a: 3 }]", "[{\"b\":2},{},{\"a\":3}]")]
    [TestCase("[std.mapWithKey(function(k, v) k + v, { a: 1 }), std.mapWithKey(function(k, v) v, {}), std.objectFields(std.mapWithKey(function(k, v) error 'lazy', { a: 1 }))]", "[{\"a\":\"a1\"},{},[\"a\"]]")]
    [TestCase("[std.mergePatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: null, e: 4 } }), std.mergePatch({ a: 1 }, 2), std.mergePatch({}, { a: { b: null } })]", "[{\"a\":1,\"b\":{\"d\":3,\"e\":4}},2,{\"a\":{}}]")]
    [TestCase("[std.prune({ a: null, b: [null], c: { d: {} }, e: 0 }), std.prune([[], 1, null]), std.prune('')]", "[{\"e\":0},[1],\"\"]")]
    [TestCase("[std.resolvePath('a/b', 'c'), std.resolvePath('a', 'c'), std.resolvePath('/a/b', 'c/d')]", "[\"a/c\",\"c\",\"/a/c/d\"]")]
    public void Objects(string program, string json) => program.ShouldGive(json);

    [TestCase("[std.manifestJson({ a: [1] }), std.manifestJsonMinified({ a: [1, {}] }), std.manifestJsonEx([1], ' ', '|')]", "[\"{\\n    \\\"a\\\": [\\n        1\\n    ]\\n}\",\"{\\\"a\\\":[1,{}]}\",\"[| 1|]\"]")]
    [TestCase("[std.manifestYamlDoc({ a: [1, { b: 2 }], c: {} }), std.manifestYamlDoc('x\\n'), std.manifestYamlDoc({ a: [1] }, true, false), std.manifestYamlStream([1, 2])]", "[\"\\\"a\\\":\\n- 1\\n- \\\"b\\\": 2\\n\\\"c\\\": {}\",\"|\\n  x\",\"a:\\n  - 1\",\"---\\n1\\n---\\n2\\n...\\n\"]")]
    [TestCase("[std.manifestToml({ a: 1, s: { b: 'x' }, t: [{ c: true }] }), std.manifestTomlEx({ a: [1, 2] }, ' '), std.manifestToml({})]", "[\"a = 1\\n\\n[s]\\n  b = \\\"x\\\"\\n\\n[[t]]\\n  c = true\",\"a = [\\n 1,\\n 2\\n]\",\"\"]")]
    [TestCase("[std.manifestIni({ main: { a: 1 }, sections: { s: { b: [1, 2] } } }), std.manifestPython({ a: [true, null, 'x'] }), std.manifestPythonVars({ a: 1, b: false })]", "[\"a = 1\\n[s]\\nb = 1\\nb = 2\\n\",\"{\\\"a\\\": [True, None, \\\"x\\\"]}\",\"a = 1\\nb = False\\n\"]")]
    [TestCase("[std.manifestXmlJsonml(['a', { b: 'c' }, 'd', ['e']]), std.manifestXmlJsonml(['a']), std.manifestXmlJsonml(['a', 'x'])]", "[\"<a b=\\\"c\\\">d<e></e></a>\",\"<a></a>\",\"<a>x</a>\"]")]
    public void Documents(string program, string json) => program.ShouldGive(json);

    [TestCase("std.range(1.5, 2)")]
    [TestCase("std.repeat(1, 2)")]
    [TestCase("std.slice([1], 0, 1, -1)")]
    [TestCase("std.map(1, [])")]
    [TestCase("std.filter(function(x) 1, [1])")]
    [TestCase("std.flatMap(function(x) 1, [1])")]
    [TestCase("std.foldl(function(a) a, [1], 0)")]
    [TestCase("std.all([1])")]
    [TestCase("std.sum(['a'])")]
    [TestCase("std.avg([])")]
    [TestCase("std.minArray([])")]
    [TestCase("std.sort([1, 'a'])")]
    [TestCase("std.sort([{}, {}])")]
    [TestCase("std.set({})")]
    [TestCase("std.objectFields([])")]
    [TestCase("std.get([], 'a')")]
    [TestCase("std.manifestToml([])")]
    [TestCase("std.manifestToml({ a: null })")]
    [TestCase("std.manifestIni({})")]
    [TestCase("std.manifestYamlStream({})")]
    [TestCase("std.manifestXmlJsonml('a')")]
    [TestCase("std.manifestJsonMinified([function() 1])")]
    public void WrongArguments_AreErrorsAtTheCall(string program) => program.ShouldFail(JsonnetErrorKind.Runtime, 1, 1);
}
