using System.Text.Json;

namespace Selfservice.Jsonnet.Tests;

/// <summary>The recorded answers of the reference implementation; not run where they are not at hand.</summary>
[TestFixture]
public sealed class ContractTests
{
    /// <summary>Cases that the reference gets wrong, each with its reason.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["std-math/sum-overflow-prints-infinity"] = "+Inf is no JSON: the overflow is an error here, as it is for the operator +.",
    };

    [Test]
    public void Cases_AnswerAsTheReference()
    {
        var failures = new List<string>();
        foreach (var entry in ContractCases.Load())
        {
            if (!Differences.ContainsKey(entry.GetProperty("name").GetString()!) && ContractCases.Judge(entry) is { } failure)
                failures.Add($"{entry.GetProperty("name")}: {failure}");
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
    }

    [Test]
    public void Differences_AreErrorsOfTheProgram()
    {
        foreach (var entry in ContractCases.Load().Where(entry => Differences.ContainsKey(entry.GetProperty("name").GetString()!)))
            ContractCases.Run(entry).Error!.Kind.ShouldBe(JsonnetErrorKind.Runtime);
    }
}

/// <summary>Reads and judges the cases as their README says: outputs byte for byte, errors by kind and position.</summary>
internal static class ContractCases
{
    public static IReadOnlyList<JsonElement> Load()
    {
        var root = Environment.GetEnvironmentVariable("SELFSERVICE_CONTRACT");
        if (string.IsNullOrEmpty(root))
            Assert.Ignore("SELFSERVICE_CONTRACT is not set: the reference's recorded answers are not checked.");
        var path = Path.Combine(root!, "data", "jsonnet", "cases.json");
        if (!File.Exists(path))
            Assert.Ignore($"There are no recorded answers at {path}.");
        return [.. JsonElement.Parse(File.ReadAllBytes(path)).EnumerateArray()];
    }

    public static JsonnetResult Run(JsonElement entry)
    {
        var compiled = JsonnetProgram.Compile(entry.GetProperty("program").GetString()!, "case.jsonnet");
        if (!compiled.Succeeded)
            return new JsonnetResult(null, false, compiled.Error, 0, 0);
        var inputs = new JsonnetInputs { Importer = new RefusingImporter() };
        Fill(entry, "extStr", inputs.External, JsonnetInput.Text);
        Fill(entry, "extCode", inputs.External, JsonnetInput.Code);
        Fill(entry, "tlaStr", inputs.TopLevel, JsonnetInput.Text);
        Fill(entry, "tlaCode", inputs.TopLevel, JsonnetInput.Code);
        return compiled.Program.Evaluate(inputs);
    }

    public static string? Judge(JsonElement entry)
    {
        var result = Run(entry);
        if (entry.TryGetProperty("output", out var output))
        {
            return result.Succeeded
                ? result.Text + "\n" == output.GetString() ? null : $"expected {output} but printed {result.Text}"
                : $"expected {output} but failed: {result.Error}";
        }

        if (result.Error is not { } error)
            return $"expected {entry.GetProperty("error")} but printed {result.Text}";
        var isStatic = entry.GetProperty("kind").GetString() == "static";
        var line = entry.TryGetProperty("line", out var number) ? number.GetInt32() : (int?)null;
        var column = entry.TryGetProperty("column", out number) ? number.GetInt32() : (int?)null;
        return isStatic == (error.Kind == JsonnetErrorKind.Static) && line == error.Line && column == error.Column
            ? null
            : $"expected {entry.GetProperty("error")} at {line}:{column} but got {error.Kind} at {error.Line}:{error.Column}: {error.Message}";
    }

    private static void Fill(JsonElement entry, string name, IDictionary<string, JsonnetInput> target, Func<string, JsonnetInput> make)
    {
        if (!entry.TryGetProperty(name, out var values))
            return;
        foreach (var value in values.EnumerateObject())
            target[value.Name] = make(value.Value.GetString()!);
    }

    private sealed class RefusingImporter : IJsonnetImporter
    {
        public JsonnetImport Resolve(string importingFile, string path) => JsonnetImport.Refused("imports are refused");
    }
}
