using Selfservice.Cli.Jsonnet;

namespace Selfservice.Jsonnet.Tests;

/// <summary><c>selfservice jsonnet</c> at the prompt.</summary>
[TestFixture]
public sealed class CommandTests
{
    [Test]
    public void Expression_IsPrintedWithThreeSpaces() =>
        Run(["-e", "{ a: std.extVar('s') + std.extVar('c') }", "--ext-str", "s=x=y", "--ext-code=c=1 + 1"]).ShouldBe((0, "{\n   \"a\": \"x=y2\"\n}\n", ""));

    [Test]
    public void Arguments_GoToTheFunction() =>
        Run(["-e", "function(a, b) a + b", "-A", "a=x", "--tla-code", "b=[1]", "-S"]).ShouldBe((0, "x[1]\n", ""));

    [Test]
    public void Errors_GoToTheErrorStream_WithCodeOne()
    {
        Run(["-e", "{ a: error 'no' }"]).ShouldBe((1, "", "RUNTIME ERROR: no\n\t<cmdline>:1:6-15\tfield <a>\n"));
        Run(["-e", "1 +"]).ShouldBe((1, "", "<cmdline>:1:4 Unexpected end of file\n"));
        Run(["-"], "nowhere").ShouldBe((1, "", "<stdin>:1:1-7 Unknown variable: nowhere\n"));
    }

    [TestCase("unrecognized argument: --nothing", "--nothing")]
    [TestCase("only one filename is allowed", "a", "b")]
    [TestCase("only one code is allowed", "-e", "1", "2")]
    [TestCase("environment variable NO_SUCH_VARIABLE was undefined", "-e", "1", "--ext-str", "NO_SUCH_VARIABLE")]
    [TestCase("argument not in form <var>=<file> \"x\"", "-e", "1", "--tla-str-file", "x")]
    [TestCase("invalid --max-stack value: 0", "-s", "0", "-e", "1")]
    [TestCase("expected another argument", "-e", "1", "-J")]
    public void WrongUsage_IsAnErrorWithCodeOne(string problem, params string[] arguments) => Run(arguments).ShouldBe((1, "", $"ERROR: {problem}\n"));

    [TestCase("must give filename")]
    [TestCase("must give code", "-e")]
    public void NothingToEvaluate_IsExplained(string problem, params string[] arguments)
    {
        var (code, output, errors) = Run(arguments);
        (code, output).ShouldBe((1, ""));
        errors.ShouldStartWith($"ERROR: {problem}\n\nUsage: selfservice jsonnet");
    }

    [Test]
    public void Help_GoesToTheOutput()
    {
        var (code, output, errors) = Run(["-h"]);
        (code, errors).ShouldBe((0, ""));
        output.ShouldStartWith("Usage: selfservice jsonnet");
    }

    [Test]
    public void Options_MayStandAnywhereAndTogether()
    {
        Run(["'a'", "-eS"]).ShouldBe((0, "a\n", ""));
        Run(["-S", "-e", "--", "-(-1) + '!'"]).ShouldBe((0, "1!\n", ""));
        Run(["-e", "local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(900)", "-s", "2000"]).ShouldBe((0, "900\n", ""));
    }

    [Test]
    public void Values_MayComeFromTheEnvironment()
    {
        Environment.SetEnvironmentVariable("JSONNET_TEST_VALUE", "1 + 1");
        Run(["-e", "[std.extVar('JSONNET_TEST_VALUE')]", "-V", "JSONNET_TEST_VALUE"]).Output.ShouldContain("\"1 + 1\"");
        Run(["-e", "function(JSONNET_TEST_VALUE) JSONNET_TEST_VALUE", "--tla-code", "JSONNET_TEST_VALUE"]).ShouldBe((0, "2\n", ""));
    }

    [Test]
    public void Strings_WithoutS_AreJson_AndWithItNothingElseIsTaken()
    {
        Run(["-e", "'a\\nb'"]).ShouldBe((0, "\"a\\nb\"\n", ""));
        Run(["-S", "-e", "'a\\nb'"]).ShouldBe((0, "a\nb\n", ""));
        Run(["-S", "-e", "1"]).Code.ShouldBe(1);
    }

    [Test]
    public void Files_AreFoundBesideAndInFolders()
    {
        var folder = Directory.CreateTempSubdirectory("jsonnet").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "lib"));
            File.WriteAllText(Path.Combine(folder, "main.jsonnet"), "[import 'a.libsonnet', import 'b.libsonnet']");
            File.WriteAllText(Path.Combine(folder, "a.libsonnet"), "'beside'");
            File.WriteAllText(Path.Combine(folder, "lib", "b.libsonnet"), "'in folder'");
            var main = Path.Combine(folder, "main.jsonnet");
            Run([main, "-J", Path.Combine(folder, "lib")]).ShouldBe((0, "[\n   \"beside\",\n   \"in folder\"\n]\n", ""));
            Run([main]).Errors.ShouldContain("couldn't open import \"b.libsonnet\"");
            Run([main + "x"]).Code.ShouldBe(1);
            Environment.SetEnvironmentVariable("JSONNET_PATH", Path.Combine(folder, "lib"));
            Run([main]).Code.ShouldBe(0);
            var text = Path.Combine(folder, "a.libsonnet");
            Run(["-e", "std.extVar('t') + std.extVar('c')", "--ext-str-file", $"t={text}", "--ext-code-file", $"c={text}"]).Output.ShouldBe("\"'beside'beside\"\n");
        }
        finally
        {
            Environment.SetEnvironmentVariable("JSONNET_PATH", null);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output, string Errors) Run(string[] arguments, string input = "")
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = JsonnetCommand.Run(arguments, new StringReader(input), output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
