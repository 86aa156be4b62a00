using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Selfservice.Jsonnet.Tests;

/// <summary>What holds for all documents and all orders, tried on seeded ones.</summary>
[TestFixture]
public sealed class PropertyTests
{
    [Test]
    public void AnyJsonDocument_IsAProgramThatGivesItself()
    {
        var random = new Seeded(7);
        for (var i = 0; i < 2_000; i++)
        {
            var json = MakeJson(random, 4);
            AreEqual(Programs.Run(json).ToJson(), JsonElement.Parse(json)).ShouldBeTrue(json);
        }
    }

    [Test]
    public void PrintingAndParsing_Agree()
    {
        var random = new Seeded(8);
        for (var i = 0; i < 1_000; i++)
        {
            var json = MakeJson(random, 4);
            var inputs = new JsonnetInputs { External = { ["x"] = JsonnetInput.Json(JsonElement.Parse(json)) } };
            Programs.Run(
                "local x = std.extVar('x'); std.parseJson(std.manifestJson(x)) == x && std.parseJson(std.toString([x])) == [x] && std.parseYaml(std.manifestYamlDoc([x]))[0] == x",
                inputs).Text.ShouldBe("true", json);
        }
    }

    [Test]
    public void Numbers_ReadBackEqual()
    {
        var random = new Seeded(9);
        for (var i = 0; i < 20_000; i++)
        {
            var bits = ((long)random.Next(int.MaxValue) << 33) ^ ((long)random.Next(int.MaxValue) << 10) ^ random.Next(1024);
            var number = BitConverter.Int64BitsToDouble(bits);
            if (double.IsFinite(number))
                double.Parse(Programs.Run(number.ToString("R", CultureInfo.InvariantCulture)).Text, CultureInfo.InvariantCulture).ShouldBe(number);
        }
    }

    [Test]
    public void FailingFields_AreErrorsOnlyWhenAskedFor()
    {
        var random = new Seeded(10);
        for (var i = 0; i < 500; i++)
        {
            var fields = Enumerable.Range(0, 8).Select(n => random.Next(2) == 0 ? $"f{n}: {n}" : $"f{n}: error 'e{n}'").ToArray();
            var asked = random.Next(8);
            var result = Programs.Run($"{{ {string.Join(", ", fields)} }}.f{asked}");
            if (fields[asked].Contains("error", StringComparison.Ordinal))
                result.Error!.Message.ShouldBe($"e{asked}");
            else
                result.Text.ShouldBe($"{asked}");
        }
    }

    [Test]
    public void OneProgram_ManyThreads_GiveTheSame()
    {
        var program = JsonnetProgram.Compile("local s = 'h\u00e9llo \ud83d\ude00'; { a: std.length(s), b: [x * 2 for x in std.range(1, 50)], c: self.b[3], d: s + s }").Program!;
        var expected = program.Evaluate().Text;
        Parallel.For(0, 500, _ => program.Evaluate().Text.ShouldBe(expected));
    }

    /// <summary>Equal as doubles: a number is printed with 17 digits, which are not those that were read.</summary>
    private static bool AreEqual(JsonElement x, JsonElement y) => (x.ValueKind, y.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => x.GetDouble() == y.GetDouble(),
        (JsonValueKind.Array, JsonValueKind.Array) => x.GetArrayLength() == y.GetArrayLength() && x.EnumerateArray().Zip(y.EnumerateArray(), AreEqual).All(e => e),
        (JsonValueKind.Object, JsonValueKind.Object) => x.GetPropertyCount() == y.GetPropertyCount()
            && x.EnumerateObject().All(field => y.TryGetProperty(field.Name, out var other) && AreEqual(field.Value, other)),
        _ => JsonElement.DeepEquals(x, y),
    };

    private static string MakeJson(Seeded random, int depth)
    {
        var json = new StringBuilder();
        Append(json, random, depth);
        return json.ToString();
    }

    private static void Append(StringBuilder json, Seeded random, int depth)
    {
        switch (random.Next(depth == 0 ? 4 : 6))
        {
            case 0:
                json.Append(random.Pick(["null", "true", "false"]));
                break;
            case 1:
                json.Append(random.Pick(["0", "1", "-1", "1.5", "-0.001", "123456789012", "1e100", "2.5e-10", "0.1"]));
                break;
            case 2 or 3:
                json.Append(JsonSerializer.Serialize(random.Pick(["", "a", "yes", "1", "\u00e9\ud83d\ude00", "line\nbreak\n", "\"quoted\"", "- x: y", "\u2028\u007f", "it's"])));
                break;
            case 4:
                json.Append('[');
                for (var i = random.Next(4); i > 0; i--)
                {
                    Append(json, random, depth - 1);
                    json.Append(i > 1 ? "," : "");
                }

                json.Append(']');
                break;
            default:
                json.Append('{');
                for (var i = random.Next(4); i > 0; i--)
                {
                    json.Append(CultureInfo.InvariantCulture, $"\"k{i} \u00e9\":");
                    Append(json, random, depth - 1);
                    json.Append(i > 1 ? "," : "");
                }

                json.Append('}');
                break;
        }
    }
}
