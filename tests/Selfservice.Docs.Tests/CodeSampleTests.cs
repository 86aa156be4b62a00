using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Selfservice.Docs.Tests;

/// <summary>Every block of C# on a page compiles against the libraries of this checkout.</summary>
public sealed class CodeSampleTests
{
    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>A piece of a source file is compiled with its project.</summary>
    public static IEnumerable<TestCaseData> Samples => Repository.Pages.Concat(Repository.PackagePages).SelectMany(CodeSample.In).Where(s => s.Source is null).Select(s => new TestCaseData(s).SetArgDisplayNames(s.ToString()));

    public static IEnumerable<TestCaseData> Copies => Repository.Pages.SelectMany(CodeSample.In).Where(s => s.Source is not null).Select(s => new TestCaseData(s).SetArgDisplayNames(s.ToString()));

    [TestCaseSource(nameof(Samples))]
    public void Sample_Compiles(object sample) => Errors(((CodeSample)sample).ToFile()).ShouldBeEmpty(((CodeSample)sample).Code);

    [TestCaseSource(nameof(Copies))]
    public void Sample_IsAPieceOfItsSource(object sample)
    {
        var copy = (CodeSample)sample;
        File.ReadAllText(Repository.PathOf(copy.Source!)).ReplaceLineEndings("\n").ShouldContain(copy.Code.TrimEnd());
    }

    /// <summary>A compiler without references would report errors everywhere, one that never ran none.</summary>
    [Test]
    public void Compiler_FindsWhatIsWrong()
    {
        Errors("var options = new Selfservice.Configuration.SelfserviceOptions { PublicUri = \"https://example.org\" };").ShouldNotBeEmpty();
        Errors("var options = new Selfservice.Configuration.SelfserviceOptions { PublicUrl = \"https://example.org\" };").ShouldBeEmpty();
    }

    private static IEnumerable<string> Errors(string code)
    {
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(code, Syntax), CSharpSyntaxTree.ParseText(StandIns, Syntax)];
        var isProgram = trees[0].GetRoot().ChildNodes().Any(n => n.IsKind(SyntaxKind.GlobalStatement));
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("sample", trees, References, options).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
    }

    /// <summary>The package of this name cannot be restored where this is built. Its two methods stand in for it, as its documentation has them.</summary>
    private const string StandIns = """
        namespace Isopoh.Cryptography.Argon2
        {
            public static class Argon2
            {
                public static string Hash(string password, int timeCost = 3, int memoryCost = 65536, int parallelism = 1) => throw new System.NotSupportedException();

                public static bool Verify(string encoded, string password) => throw new System.NotSupportedException();
            }
        }
        """;
}
