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

    [TestCase("--nothing")]
    [TestCase("-e")]
    [TestCase("a", "b")]
    [TestCase("--ext-str", "x", "-e", "1")]
    [TestCase]
    public void WrongUsage_IsExplained(params string[] arguments)
    {
        var (code, output, errors) = Run(arguments);
        (code, output).ShouldBe((1, ""));
        errors.ShouldContain("Usage: selfservice jsonnet");
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
        }
        finally
        {
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
