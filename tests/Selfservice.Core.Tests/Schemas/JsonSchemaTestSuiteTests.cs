using System.Text.Json;
using Selfservice.Schemas;

namespace Selfservice.Core.Tests.Schemas;

/// <summary>The draft 7 part of the JSON Schema Test Suite: every case is answered rightly, or its schema is refused when it is loaded.</summary>
public sealed class JsonSchemaTestSuiteTests
{
    // Stricter on purpose; the value is refused although the draft allows it: leap seconds, addresses without a host name, encoded labels of host names.
    private static readonly string[] Stricter =
    [
        "a valid date-time with a leap second, UTC", "a valid date-time with a leap second with minus offset", "a valid date-time with leap second",
        "an IPv4-address-literal after the @ is valid", "an IPv6-address-literal after the @ is valid", "IPv4-address-literal", "leap second",
    ];

    [Test]
    public void Draft7_EveryCase_IsRightOrRefusedAtLoad()
    {
        var folder = Environment.GetEnvironmentVariable("SELFSERVICE_CONTRACT");
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("SELFSERVICE_CONTRACT does not name the folder with data/json-schema-test-suite, so the suite is not run.");
        var (right, refused, stricter) = (0, 0, 0);
        var wrong = new List<string>();
        var refusals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "data", "json-schema-test-suite", "draft7"), "*.json", SearchOption.AllDirectories).Order())
        {
            var isEncodedHost = Path.GetFileName(file) == "hostname.json";
            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var tests = group.GetProperty("tests");
                if (Load(group.GetProperty("schema"), out var reason) is not { } schema)
                {
                    refused += tests.GetArrayLength();
                    refusals[$"{Path.GetFileName(file)}: {reason}"] = tests.GetArrayLength();
                    continue;
                }

                foreach (var test in tests.EnumerateArray())
                {
                    var description = test.GetProperty("description").GetString() ?? "";
                    var isValid = IsValid(schema, test.GetProperty("data"));
                    if (isValid == test.GetProperty("valid").GetBoolean())
                        right++;
                    else if (!isValid && ((isEncodedHost && test.GetProperty("data").GetRawText().Contains("xn--", StringComparison.Ordinal)) || Array.Exists(Stricter, s => description.Contains(s, StringComparison.Ordinal))))
                        stricter++;
                    else
                        wrong.Add($"{Path.GetFileName(file)}: {group.GetProperty("description")}: {description}: {test.GetProperty("data").GetRawText()[..Math.Min(80, test.GetProperty("data").GetRawText().Length)]} => {isValid}");
                }
            }
        }

        TestContext.Out.WriteLine($"{right} right, {refused} refused at load, {stricter} stricter on purpose, {wrong.Count} wrong");
        foreach (var (reason, count) in refusals)
            TestContext.Out.WriteLine($"refused ({count}): {reason}");
        wrong.ShouldBeEmpty();
    }

    private static SchemaNode? Load(JsonElement schema, out string reason)
    {
        reason = "";
        try
        {
            return SchemaCompiler.Compile("suite", schema.GetRawText());
        }
        catch (InvalidIdentitySchemaException e)
        {
            reason = e.Message;
            return null;
        }
    }

    private static bool IsValid(SchemaNode schema, JsonElement value)
    {
        try
        {
            return new SchemaEvaluator().Check(schema, value, null) is null;
        }
        catch (EvaluationLimitException)
        {
            return false;
        }
    }
}
