using System.Diagnostics;
using System.Text.Json;

namespace Selfservice.Jsonnet.Tests;

/// <summary>The social sign-in mapper, measured on demand: <c>dotnet test --filter SpeedTests</c> with the environment variable SELFSERVICE_SPEED set.</summary>
[TestFixture]
public sealed class SpeedTests
{
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

    [Test]
    public void Mapper_PerSecond()
    {
        if (Environment.GetEnvironmentVariable("SELFSERVICE_SPEED") is null)
            Assert.Ignore("SELFSERVICE_SPEED is not set: speed is not measured.");
        var claims = JsonElement.Parse("""{"iss":"https://example.org","sub":"ann@example.org","website":"https://ann.example.org","email_verified":true}""");
        var inputs = new JsonnetInputs { External = { ["claims"] = JsonnetInput.Json(claims) }, Output = JsonnetOutput.Compact };
        var program = JsonnetProgram.Compile(Mapper).Program!;
        Repeat(100_000, () => program.Evaluate(inputs));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (perSecond, _) = Repeat(300_000, () => program.Evaluate(inputs));
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 300_000;
        var (withJson, _) = Repeat(100_000, () => program.Evaluate(inputs).ToJson());
        Repeat(2_000, () => JsonnetProgram.Compile(Mapper));
        var (compiles, _) = Repeat(5_000, () => JsonnetProgram.Compile(Mapper));
        TestContext.Out.WriteLine($"{perSecond:N0} evaluations/s, {bytes} bytes each; {withJson:N0}/s with the result as JsonElement; compile {1e6 / compiles:N1} us");
        perSecond.ShouldBeGreaterThan(50_000);
        compiles.ShouldBeGreaterThan(1_000);
    }

    private static (double PerSecond, TimeSpan Total) Repeat(int count, Action action)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
            action();
        return (count / watch.Elapsed.TotalSeconds, watch.Elapsed);
    }
}
