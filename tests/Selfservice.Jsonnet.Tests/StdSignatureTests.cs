using Selfservice.Jsonnet.Library;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Tests;

/// <summary>The library is whole, and each function has the parameters of its documentation, so that arguments can be given by name.</summary>
[TestFixture]
public sealed class StdSignatureTests
{
    /// <summary>Functions and their parameters; a question mark stands behind those that may be left out.</summary>
    private const string Documented = """
        extVar(x) type(x) length(x) get(o,f,default?,inc_hidden?) objectHas(o,f) objectFields(o) objectValues(o) objectKeysValues(o)
        objectHasAll(o,f) objectFieldsAll(o) objectValuesAll(o) objectKeysValuesAll(o) objectRemoveKey(obj,key) prune(a) mapWithKey(func,obj)
        isArray(v) isBoolean(v) isFunction(v) isNumber(v) isObject(v) isString(v) isNull(v)
        abs(n) sign(n) max(a,b) min(a,b) pow(x,n) exp(x) log(x) log2(x) log10(x) exponent(x) mantissa(x) floor(x) ceil(x) sqrt(x) sin(x) cos(x)
        tan(x) asin(x) acos(x) atan(x) atan2(y,x) deg2rad(x) rad2deg(x) hypot(x,y) round(x) isEven(x) isOdd(x) isInteger(x) isDecimal(x)
        mod(a,b) modulo(x,y) clamp(x,minVal,maxVal)
        assertEqual(a,b) toString(a) codepoint(str) char(n) substr(str,from,len) findSubstr(pat,str) startsWith(a,b) endsWith(a,b)
        stripChars(str,chars) lstripChars(str,chars) rstripChars(str,chars) split(str,c) splitLimit(str,c,maxsplits) splitLimitR(str,c,maxsplits)
        strReplace(str,from,to) isEmpty(str) trim(str) equalsIgnoreCase(str1,str2) asciiUpper(str) asciiLower(str) stringChars(str)
        format(str,vals) escapeStringBash(str_) escapeStringDollars(str_) escapeStringJson(str_) escapeStringPython(str) escapeStringXML(str_)
        parseInt(str) parseOctal(str) parseHex(str) parseJson(str) parseYaml(str) encodeUTF8(str) decodeUTF8(arr)
        manifestIni(ini) manifestPython(v) manifestPythonVars(conf) manifestJson(value) manifestJsonEx(value,indent,newline?,key_val_sep?)
        manifestJsonMinified(value) manifestYamlDoc(value,indent_array_in_object?,quote_keys?)
        manifestYamlStream(value,indent_array_in_object?,c_document_end?,quote_keys?) manifestXmlJsonml(value) manifestToml(value)
        manifestTomlEx(value,indent)
        makeArray(sz,func) member(arr,x) count(arr,x) find(value,arr) map(func,arr) mapWithIndex(func,arr) filterMap(filter_func,map_func,arr)
        flatMap(func,arr) filter(func,arr) foldl(func,arr,init) foldr(func,arr,init) range(from,to) repeat(what,count)
        slice(indexable,index,end,step) join(sep,arr) deepJoin(arr) lines(arr) flattenArrays(arrs) flattenDeepArray(value) reverse(arr)
        sort(arr,keyF?) uniq(arr,keyF?) all(arr) any(arr) sum(arr) avg(arr) minArray(arr,keyF?,onEmpty?) maxArray(arr,keyF?,onEmpty?)
        contains(arr,elem) remove(arr,elem) removeAt(arr,at)
        set(arr,keyF?) setInter(a,b,keyF?) setUnion(a,b,keyF?) setDiff(a,b,keyF?) setMember(x,arr,keyF?)
        base64(input) base64DecodeBytes(str) base64Decode(str) md5(s) sha1(s) sha256(s) sha512(s) sha3(s)
        xor(x,y) xnor(x,y) mergePatch(target,patch) trace(str,rest) native(x)
        id(x) equals(x,y) primitiveEquals(x,y) objectFieldsEx(obj,hidden) objectHasEx(obj,fname,hidden) resolvePath(f,r)
        __compare(v1,v2) __compare_array(arr1,arr2) __array_less(arr1,arr2) __array_greater(arr1,arr2) __array_less_or_equal(arr1,arr2)
        __array_greater_or_equal(arr1,arr2)
        """;

    [Test]
    public void Functions_HaveTheDocumentedParameters()
    {
        var actual = StdLibrary.Names.Select(name => (name, StdLibrary.Find(name) as FunctionValue)).Where(entry => entry.Item2 is not null)
            .Select(entry => $"{entry.name}({string.Join(',', Parameters(entry.Item2!.Signature))})");
        actual.Order(StringComparer.Ordinal).ShouldBe(Documented.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Test]
    public void Constants_AreThere() => "[std.pi > 3.14, std.thisFile, std.objectFields(std)]".ShouldGive("[true,\"test.jsonnet\",[]]");

    [TestCase("std.length()", "Missing argument: x")]
    [TestCase("std.length(y=1)", "function has no parameter y")]
    [TestCase("std.length([], x=[])", "Argument x already provided")]
    [TestCase("std.length([], [])", "function expected 1 positional argument(s), but got 2")]
    [TestCase("std.substr('a', len=1)", "Missing argument: from")]
    [TestCase("std.sort()", "Missing argument: arr")]
    [TestCase("std.get({ a: 1 }, 'a', 1, true, 5)", "function expected 4 positional argument(s), but got 5")]
    public void Calls_WithTheWrongArguments_AreErrorsAtTheCall(string program, string message) =>
        program.ShouldFail(JsonnetErrorKind.Runtime, 1, 1, message);

    private static IEnumerable<string> Parameters(Signature signature) =>
        Enumerable.Range(0, signature.Count).Select(i => signature.Name(i) + (signature.IsOptional(i) ? "?" : ""));
}
