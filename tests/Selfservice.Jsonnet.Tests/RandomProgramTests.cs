using System.Text;

namespace Selfservice.Jsonnet.Tests;

/// <summary>Sequences of tokens, the same every time: whatever they mean, they must end in a result or an error.</summary>
[TestFixture]
public sealed class RandomProgramTests
{
    private static readonly JsonnetLimits Small = new() { MaxSteps = 20_000, MaxMemoryBytes = 4 * 1024 * 1024, MaxOutputLength = 100_000 };

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "(", ")", ",", ".", ";", ":", "::", ":::", "+:", "=", "==", "!=", "<", "<=", "+", "-", "*", "/", "%", "!", "~", "&&", "||", "&",
        "|", "^", "<<", ">>", "$", "self", "super", "local", "function", "if", "then", "else", "for", "in", "assert", "error", "import", "importstr",
        "tailstrict", "null", "true", "false", "0", "1", "2.5", "1e3", "1e309", "'a'", "\"b\"", "@'c'", "'\\u0041'", "'\\q'", "'%s %d'", "x", "y", "f",
        "std", "std.length", "std.map", "std.range", "std.join", "std.format", "std.manifestJson", "std.sort", "|||\n  t\n|||", "//", "#", "/*", "*/", "\n",
    ];

    private static readonly string[] Pieces =
    [
        "local x = ", "; ", "x", "1", "'s'", "{ a: ", " }", "[", "]", ", ", " + ", " == ", "(function(x) ", ")(", ")", ".a", "[0]", "self", "$.a", "super.a",
        "if x then ", " else ", " for x in ", " if ", "std.range(0, 5)", "std.map(function(x) x, ", "std.foldl(function(a, b) a + b, ", "null", "error ",
        "{ a+: ", "{ [x]: ", "assert true; ", "std.toString(", " % ", "'a' in ", "std.sort(", "std.parseYaml(", "std.mergePatch(", "{} ", "-", "x: ", "x(",
    ];

    [Test]
    public void TokenSequences_EndInAResultOrAnError() => RunAll(Tokens, 70_000, 24, " ", 20260101);

    [Test]
    public void PieceSequences_EndInAResultOrAnError() => RunAll(Pieces, 20_000, 16, "", 20260102);

    [Test]
    public void CharacterSequences_EndInAResultOrAnError() =>
        RunAll([.. "{}[]()'\"\\|@/*#:;,.+-=<>!~&^%$ \n\taxeE0159_\u00e9\ud83d\ude00\ud83d\0u".Select(c => c.ToString())], 10_000, 40, "", 20260103);

    private static void RunAll(IReadOnlyList<string> parts, int count, int longest, string separator, ulong seed)
    {
        var random = new Seeded(seed);
        var succeeded = 0;
        for (var i = 0; i < count; i++)
        {
            var program = new StringBuilder();
            for (var length = 1 + random.Next(longest); length > 0; length--)
                program.Append(random.Pick(parts)).Append(separator);
            if (Programs.Run(program.ToString(), limits: Small).Succeeded)
                succeeded++;
        }

        succeeded.ShouldBeGreaterThan(0, "some of them should be programs");
    }
}
