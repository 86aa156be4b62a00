using System.Diagnostics;
using System.Text.Json;
using Selfservice.Jsonnet;

namespace Selfservice.Bench;

/// <summary>A mapper of social sign-in, compiled once and evaluated in one thread.</summary>
internal static class JsonnetFigures
{
    private const int Evaluations = 300_000;
    private const string Mapper = """
        local claims = std.extVar('claims');
        if std.length(claims.sub) == 0 then
          error 'claim sub not set'
        else
          {
            identity: {
              traits: {
                email: claims.sub,
                [if "website" in claims then "website" else null]: claims.website,
              },
            },
          }
        """;

    public static void Measure()
    {
        var claims = JsonElement.Parse("""{"iss":"https://example.org","sub":"ann@example.org","website":"https://ann.example.org","email_verified":true}""");
        var inputs = new JsonnetInputs { External = { ["claims"] = JsonnetInput.Json(claims) }, Output = JsonnetOutput.Compact };
        var program = JsonnetProgram.Compile(Mapper).Program ?? throw new InvalidOperationException("The mapper does not compile.");
        PerSecond(100_000, () => program.Evaluate(inputs));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var evaluations = PerSecond(Evaluations, () => program.Evaluate(inputs));
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Evaluations;
        PerSecond(2_000, () => JsonnetProgram.Compile(Mapper));
        var compilations = PerSecond(5_000, () => JsonnetProgram.Compile(Mapper));
        Figure.AtLeast("Jsonnet: mapper evaluated, each second and core", evaluations, 50_000, "");
        Figure.AtMost("Jsonnet: mapper compiled in", 1000 / compilations, 1, " ms");
        Figure.Told("Jsonnet: allocated by each evaluation", bytes, " bytes");
    }

    private static double PerSecond(int count, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            action();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
