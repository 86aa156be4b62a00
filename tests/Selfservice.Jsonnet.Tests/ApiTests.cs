using System.Text;

namespace Selfservice.Jsonnet.Tests;

/// <summary>What a host gives and gets.</summary>
[TestFixture]
public sealed class ApiTests
{
    [Test]
    public void Inputs_OfEveryKind_AreSeen()
    {
        var inputs = new JsonnetInputs
        {
            External =
            {
                ["text"] = JsonnetInput.Text("t"),
                ["json"] = JsonnetInput.Json(Programs.Json("""{"a":[1,{"b":null}]}""")),
                ["code"] = JsonnetInput.Code("{ x: 1, y: self.x }"),
                ["program"] = JsonnetInput.Program(JsonnetProgram.Compile("[2]").Program!),
            },
            TopLevel = { ["who"] = JsonnetInput.Text("Ann") },
            Output = JsonnetOutput.Compact,
        };
        Programs.Run("function(who, x=3) [who, x] + [std.extVar(n) for n in ['text', 'json', 'code', 'program']]", inputs).Text
            .ShouldBe("""["Ann",3,"t",{"a":[1,{"b":null}]},{"x":1,"y":1},[2]]""");
    }

    [Test]
    public void Json_WithHalfASurrogatePair_IsRead()
    {
        var inputs = new JsonnetInputs { External = { ["x"] = JsonnetInput.Json(Programs.Json("""{"\ud800":"a\ud83d\"\ude00\ud83d\ude00"}""")) } };
        Programs.Run("local x = std.extVar('x'); [std.objectFields(x), std.objectValues(x)]", inputs).ToJson()[1][0].GetString()
            .ShouldBe("a\uFFFD\"\uFFFD\ud83d\ude00");
    }

    [Test]
    public void Output_AsText_IsTheString()
    {
        Programs.Run("'a\\nb'", new JsonnetInputs { Output = JsonnetOutput.Text }).Text.ShouldBe("a\nb");
        Programs.Run("'a\\nb'", new JsonnetInputs { Output = JsonnetOutput.Text }).ToJson().GetString().ShouldBe("a\nb");
        Programs.Run("1", new JsonnetInputs { Output = JsonnetOutput.Text }).Error!.Kind.ShouldBe(JsonnetErrorKind.Runtime);
    }

    [Test]
    public void Natives_AnswerOrFail()
    {
        var inputs = new JsonnetInputs
        {
            Natives =
            {
                ["twice"] = new JsonnetNativeFunction(["x"], a => JsonnetNativeResult.Of(Programs.Json($"[{a[0]},{a[0]}]"))),
                ["fails"] = new JsonnetNativeFunction([], _ => JsonnetNativeResult.Failed("not today")),
            },
            Output = JsonnetOutput.Compact,
        };
        Programs.Run("[std.native('twice')(x={ a: 1 }), std.native('other')]", inputs).Text.ShouldBe("""[[{"a":1},{"a":1}],null]""");
        var error = Programs.Run("\n std.native('fails')()", inputs).Error!;
        (error.Message, error.Position).ShouldBe(("not today", "test.jsonnet:2:2"));
    }

    [Test]
    public void Imports_GoThroughTheImporterOnly()
    {
        var inputs = new JsonnetInputs { Importer = new MemoryImporter(), Output = JsonnetOutput.Compact };
        Programs.Run("[import 'a.libsonnet', importstr 'b.txt', importbin 'b.txt', (import 'a.libsonnet').x]", inputs).Text
            .ShouldBe("""[{"file":"lib/a.libsonnet","x":1},"h\u00e9",[104,195,169],1]""".Replace("\\u00e9", "\u00e9", StringComparison.Ordinal));
        Programs.Run("import 'bad'", inputs).Error.ShouldSatisfyAllConditions(
            error => error!.Kind.ShouldBe(JsonnetErrorKind.Static),
            error => error!.Position.ShouldBe("lib/bad:1:2"));
        Programs.Run("import 'cycle'", inputs).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        Programs.Run("import 'none'", inputs).Error!.Message.ShouldBe("no none");
    }

    [Test]
    public void Trace_GoesToTheHost()
    {
        var lines = new List<string>();
        Programs.Run("local x = 1;\nstd.trace('seen', x)", new JsonnetInputs { Trace = lines.Add }).Text.ShouldBe("1");
        lines.ShouldBe(["test.jsonnet:2 seen"]);
    }

    [Test]
    public void Errors_CarryTheirTrace()
    {
        var error = Programs.Run("local f(x) = error 'deep ' + x;\nlocal g(x) = f(x);\n{ a: g(1) }").Error!;
        error.ToString().ShouldBe("RUNTIME ERROR: deep 1\n\ttest.jsonnet:1:14-30\tfunction <f>\n\ttest.jsonnet:2:14-17\tfunction <g>\n\ttest.jsonnet:3:6-9\tfield <a>\n");
        error.Position.ShouldBe("test.jsonnet:1:14");
    }

    [Test]
    public void Limits_AreKept()
    {
        Programs.Run("std.repeat('x', 1000)", limits: new JsonnetLimits { MaxOutputLength = 100 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        Programs.Run("std.range(1, 1000)", limits: new JsonnetLimits { MaxMemoryBytes = 1000 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        Programs.Run("[x for x in std.range(1, 1000)]", limits: new JsonnetLimits { MaxSteps = 500 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        Programs.Run("[[[[[1]]]]]", limits: new JsonnetLimits { MaxDepth = 4 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        JsonnetProgram.Compile("[[[[1]]]]", "x", new JsonnetCompileOptions { MaxNesting = 3 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        JsonnetProgram.Compile("12345", "x", new JsonnetCompileOptions { MaxSourceLength = 4 }).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
    }

    [Test]
    public void Library_HasEveryDocumentedFunction()
    {
        const string documented = """
            abs acos all any asciiLower asciiUpper asin assertEqual atan atan2 avg base64 base64Decode base64DecodeBytes ceil char clamp codepoint contains
            cos count decodeUTF8 deepJoin deg2rad encodeUTF8 endsWith equals equalsIgnoreCase escapeStringBash escapeStringDollars escapeStringJson
            escapeStringPython escapeStringXML exp exponent extVar filter filterMap find findSubstr flatMap flattenArrays flattenDeepArray floor foldl foldr
            format get hypot id isArray isBoolean isDecimal isEmpty isEven isFunction isInteger isNull isNumber isObject isOdd isString join length lines log
            log10 log2 lstripChars makeArray manifestIni manifestJson manifestJsonEx manifestJsonMinified manifestPython manifestPythonVars manifestToml
            manifestTomlEx manifestXmlJsonml manifestYamlDoc manifestYamlStream mantissa map mapWithIndex mapWithKey max maxArray md5 member mergePatch min
            minArray mod modulo native objectFields objectFieldsAll objectHas objectHasAll objectKeysValues objectKeysValuesAll objectRemoveKey objectValues
            objectValuesAll parseHex parseInt parseJson parseOctal parseYaml pi pow primitiveEquals prune rad2deg range remove removeAt repeat resolvePath
            reverse round rstripChars set setDiff setInter setMember setUnion sha1 sha256 sha3 sha512 sign sin slice sort split splitLimit splitLimitR sqrt
            startsWith strReplace stringChars stripChars substr sum tan toString trace trim type uniq xnor xor
            """;
        documented.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Except(Library.StdLibrary.Names).ShouldBeEmpty();
    }

    private sealed class MemoryImporter : IJsonnetImporter
    {
        public JsonnetImport Resolve(string importingFile, string path) => path switch
        {
            "a.libsonnet" => Found(path, "{ x: 1, file: std.thisFile }"),
            "b.txt" => Found(path, "h\u00e9"),
            "bad" => Found(path, " }"),
            "cycle" => Found(path, "import 'cycle'"),
            _ => JsonnetImport.Refused($"no {path}"),
        };

        private static JsonnetImport Found(string path, string text) => JsonnetImport.Found($"lib/{path}", Encoding.UTF8.GetBytes(text));
    }
}
