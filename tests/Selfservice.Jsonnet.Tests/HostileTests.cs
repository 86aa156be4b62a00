using System.Text;

namespace Selfservice.Jsonnet.Tests;

/// <summary>Programs that want to take the process down: each must end in an error within the limits.</summary>
[TestFixture]
public sealed class HostileTests
{
    private static readonly JsonnetLimits Small = new() { MaxSteps = 300_000, MaxMemoryBytes = 32 * 1024 * 1024, MaxOutputLength = 1_000_000 };

    [TestCase("local f(x) = f(x); f(1)")]
    [TestCase("local f(x) = f(x + 1) + 1; f(1)")]
    [TestCase("local f(x) = f(x + 1) tailstrict; f(1)")]
    [TestCase("local f(x) = g(x) tailstrict, g(x) = f(x) tailstrict; f(1)")]
    [TestCase("local x = x; x")]
    [TestCase("local x = [x]; x")]
    [TestCase("local x = { x: x }; x")]
    [TestCase("{ a: self.a }.a")]
    [TestCase("{ a: self }")]
    [TestCase("{ assert self.a, a: self.b, b: self.a }")]
    [TestCase("local o = { a: o.b, b: o.a }; o")]
    [TestCase("(function(f) f(f))(function(f) f(f))")]
    [TestCase("local f(o) = f(o { a: super.a }); f({ a: 1 })")]
    [TestCase("std.map(std.map, [1])")]
    [TestCase("local a = std.makeArray(3, function(i) a[i]); a")]
    [TestCase("local a = [a, a]; a == a")]
    [TestCase("local a = [a, a], b = [b, b]; a < b")]
    [TestCase("local a = [a]; std.toString(a)")]
    [TestCase("local a = [a]; std.deepJoin(a)")]
    [TestCase("local a = [a]; std.flattenDeepArray(a)")]
    [TestCase("local a = [a]; std.prune(a)")]
    [TestCase("local a = { a: a }; std.mergePatch(a, a)")]
    [TestCase("local a = [a]; std.manifestJson(a)")]
    [TestCase("local a = [a]; std.manifestYamlDoc(a)")]
    [TestCase("local a = [a]; std.manifestPython(a)")]
    [TestCase("local a = { a: a }; std.manifestToml(a)")]
    [TestCase("local a = ['b', a]; std.manifestXmlJsonml(a)")]
    [TestCase("local a = [a]; '%s' % [a]")]
    [TestCase("std.foldl(function(a, b) [a], std.range(1, 100000), 1)")]
    [TestCase("local f(n) = [f(n + 1)]; f(0)")]
    [TestCase("local f = std.trace('x', function() f()); f()")]
    public void Recursion_WithoutEnd_IsAnError(string program) => ShouldStop(program);

    [TestCase("std.range(1, 2147483647)")]
    [TestCase("std.length(std.makeArray(2147483647, function(i) i))")]
    [TestCase("std.repeat('x', 2000000000)")]
    [TestCase("std.repeat([1], 2000000000)")]
    [TestCase("std.format('%2000000000d', 1)")]
    [TestCase("std.format('%*d', [100000000, 1])")]
    [TestCase("std.format('%99999999s', 'x')")]
    [TestCase("std.format('%.400f', 1)")]
    [TestCase("std.strReplace(std.repeat('a', 100000), 'a', std.repeat('b', 100000))")]
    [TestCase("std.join(std.repeat('a', 100000), std.makeArray(100000, function(i) 'a'))")]
    [TestCase("std.foldl(function(a, b) a + a, std.range(1, 100), 'x')")]
    [TestCase("std.foldl(function(a, b) a + a, std.range(1, 100), [1])")]
    [TestCase("std.objectFields(std.foldl(function(a, b) a + a, std.range(1, 100), { x: 1 }))")]
    [TestCase("[x for a in std.range(1, 1000) for b in std.range(1, 1000) for x in [1]]")]
    [TestCase("{ ['k' + a + '-' + b]: 1 for a in std.range(1, 1000) for b in std.range(1, 1000) }")]
    [TestCase("std.findSubstr(std.repeat('a', 100000) + 'b', std.repeat('a', 1000000))")]
    [TestCase("std.split(std.repeat('a', 3000000), 'a')")]
    [TestCase("std.stringChars(std.repeat('a', 3000000))")]
    [TestCase("std.base64(std.repeat('a', 30000000))")]
    [TestCase("std.manifestJsonEx(std.range(1, 10000), std.repeat(' ', 10000))")]
    [TestCase("std.escapeStringJson(std.repeat('\\u0001', 10000000))")]
    [TestCase("std.slice(std.range(1, 100), 0, 100, 1e-300)")]
    [TestCase("local f(n) = if n == 0 then [1] else [f(n - 1), f(n - 1)]; f(60)")]
    [TestCase("local f(n) = if n == 0 then 'x' else f(n - 1) + f(n - 1); std.length(f(60))")]
    [TestCase("local f(n) = if n < 2 then n else f(n - 1) + f(n - 2); f(60)")]
    [TestCase("std.length([x for x in std.range(1, 1000000)])")]
    [TestCase("std.sort(std.makeArray(1000000, function(i) -i))")]
    [TestCase("std.parseYaml('a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\\n')")]
    public void Growth_WithoutEnd_IsAnError(string program) => ShouldStop(program);

    [TestCase("[", "]")]
    [TestCase("(", ")")]
    [TestCase("{ a: ", "}")]
    [TestCase("{ [", "]: 1 }")]
    [TestCase("-", "")]
    [TestCase("!", "")]
    [TestCase("if true then ", "")]
    [TestCase("local a = 1; ", "")]
    [TestCase("local a = ", "; a")]
    [TestCase("function() ", "")]
    [TestCase("assert true; ", "")]
    [TestCase("error ", "")]
    [TestCase("std.id(", ")")]
    [TestCase("[x for x in ", "]")]
    [TestCase("1 + ", "")]
    [TestCase("import ", "")]
    public void Nesting_OfAHundredThousand_IsAnError(string open, string close)
    {
        const int depth = 100_000;
        var program = new StringBuilder().Insert(0, open, depth).Append('1').Insert((depth * open.Length) + 1, close, depth).ToString();
        Programs.Run(program, limits: Small).Succeeded.ShouldBeFalse();
    }

    [TestCase("1", " + 1")]
    [TestCase("{}", ".a")]
    [TestCase("{}", " {}")]
    [TestCase("f", "()")]
    [TestCase("[]", "[0]")]
    [TestCase("[]", "[0:1]")]
    [TestCase("1", " in {}")]
    public void Chains_OfAHundredThousand_AreErrors(string begin, string part) =>
        Programs.Run(begin + new StringBuilder().Insert(0, part, 100_000), limits: Small).Succeeded.ShouldBeFalse();

    [Test]
    public void Chains_InsideChains_AreErrors()
    {
        // Each level of parentheses adds a chain as long as the nesting allows: the tree becomes far deeper than the parser ever was.
        var program = new StringBuilder("1");
        for (var i = 0; i < 50; i++)
            program.Insert(0, '(').Append(')').Insert(program.Length, "+1", 3_000);
        Programs.Run(program.ToString(), limits: Small).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
    }

    [Test]
    public void Nesting_WithinTheLimit_Works()
    {
        var program = new StringBuilder().Insert(0, "(", 1_500).Append('1').Insert(1_501, " + 1)", 1_500).ToString();
        Programs.Run(program).Text.ShouldBe("1501");
    }

    [Test]
    public void Depth_RaisedByTheHost_NeedsNoLargerStackOfIts()
    {
        var limits = new JsonnetLimits { MaxDepth = 50_000 };
        Programs.Run("local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(20000)", limits: limits).Text.ShouldBe("20000");
    }

    [Test]
    public void Depth_OnASmallStack_Works()
    {
        string? text = null;
        var thread = new Thread(() => text = Programs.Run("local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(240)").Text, 256 * 1024);
        thread.Start();
        thread.Join();
        text.ShouldBe("240");
    }

    [Test]
    public void Cancellation_EndsALoop()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var result = Programs.Run("std.foldl(function(a, b) a + b, std.range(1, 100000), 0)", cancellation: source.Token);
        result.Error!.Kind.ShouldBe(JsonnetErrorKind.Cancelled);
    }

    [Test]
    public void Cancellation_EndsTheCompilationOfInputs()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var inputs = new JsonnetInputs { External = { ["x"] = JsonnetInput.Code("1") } };
        Programs.Run("std.extVar('x')", inputs, cancellation: source.Token).Error!.Kind.ShouldBe(JsonnetErrorKind.Cancelled);
    }

    [Test]
    public void JsonInput_NestedDeeply_IsAnError()
    {
        var json = new string('[', 10_000) + new string(']', 10_000);
        var element = System.Text.Json.JsonElement.Parse(json, new System.Text.Json.JsonDocumentOptions { MaxDepth = 20_000 });
        var inputs = new JsonnetInputs { External = { ["x"] = JsonnetInput.Json(element) } };
        Programs.Run("std.extVar('x')", inputs).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
    }

    [Test]
    public void ParseJson_NestedDeeply_IsAnError() =>
        Programs.Run("std.parseJson(std.repeat('[', 100000) + std.repeat(']', 100000))").Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);

    [Test]
    public void ParseYaml_NestedDeeply_IsAnError()
    {
        Programs.Run("std.parseYaml(std.repeat('[', 10000))").Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
        Programs.Run("std.parseYaml(std.repeat('- ', 10000))").Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
    }

    [Test]
    public void Digits_AHundredThousand_AreANumber() =>
        Programs.Run(new string('9', 100_000)).Error!.Message.ShouldBe("overflow");

    private static void ShouldStop(string program)
    {
        var result = Programs.Run(program, limits: Small);
        result.Succeeded.ShouldBeFalse(program);
        result.Error!.Kind.ShouldBeOneOf(JsonnetErrorKind.Limit, JsonnetErrorKind.Runtime);
    }
}
