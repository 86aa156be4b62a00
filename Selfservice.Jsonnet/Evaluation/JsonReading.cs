using System.Text;
using System.Text.Json;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>Values from JSON.</summary>
internal static class JsonReading
{
    public static Value ToValue(Evaluator evaluator, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return BooleanValue.Of(json.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                return json.TryGetDouble(out var number) && double.IsFinite(number)
                    ? NumberValue.Of(number)
                    : throw evaluator.Fail($"the JSON number {json.GetRawText()} is too large");
            case JsonValueKind.String:
                var text = ReadString(json);
                evaluator.Charge(48 + 2L * text.Length);
                return StringValue.Of(text);
            case JsonValueKind.Array or JsonValueKind.Object:
                return ToNested(evaluator, json);
            case JsonValueKind.Null:
                return NullValue.Instance;
            default:
                throw evaluator.Fail("the JSON value is undefined");
        }
    }

    private static Value ToNested(Evaluator evaluator, JsonElement json)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => ToNested(evaluator, json));
        var site = evaluator.Enter();
        Value value = json.ValueKind == JsonValueKind.Array ? ToArray(evaluator, json) : ToObject(evaluator, json);
        evaluator.Leave(site);
        return value;
    }

    private static ArrayValue ToArray(Evaluator evaluator, JsonElement json)
    {
        var cells = new Cell[json.GetArrayLength()];
        evaluator.Charge(40 + 8L * cells.Length);
        var i = 0;
        foreach (var element in json.EnumerateArray())
        {
            evaluator.Step();
            cells[i++] = ToValue(evaluator, element);
        }

        return new ArrayValue(cells);
    }

    private static ObjectValue ToObject(Evaluator evaluator, JsonElement json)
    {
        var count = json.GetPropertyCount();
        evaluator.Charge(160 + 64L * count);
        var names = new List<string>(count);
        var cells = new List<Cell>(count);
        foreach (var property in json.EnumerateObject())
        {
            evaluator.Step();
            names.Add(ReadName(property));
            cells.Add(ToValue(evaluator, property.Value));
        }

        return MakeObject(names, cells);
    }

    /// <summary>An object of data; of equal names the last counts.</summary>
    public static ObjectValue MakeObject(List<string> names, List<Cell> cells)
    {
        if (HasDuplicates(names))
        {
            var merged = new Dictionary<string, Cell>(StringComparer.Ordinal);
            for (var i = 0; i < names.Count; i++)
                merged[names[i]] = cells[i];
            return new ObjectValue(new DataLayer([.. merged.Keys], [.. merged.Values]));
        }

        return new ObjectValue(new DataLayer([.. names], [.. cells]));
    }

    private static bool HasDuplicates(List<string> names)
    {
        if (names.Count > 16)
            return new HashSet<string>(names, StringComparer.Ordinal).Count != names.Count;
        for (var i = 1; i < names.Count; i++)
        {
            if (names.IndexOf(names[i], 0, i) >= 0)
                return true;
        }

        return false;
    }

    private static string ReadString(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return ReadLenient(json.GetRawText());
        }
    }

    private static string ReadName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            var raw = property.ToString();
            var value = raw.LastIndexOf(property.Value.GetRawText(), StringComparison.Ordinal);
            return ReadLenient(raw[..value].TrimEnd().TrimEnd(':'));
        }
    }

    /// <summary>A JSON string with half a surrogate pair in it, which .NET refuses to read: the half becomes U+FFFD, as the reference has it.</summary>
    private static string ReadLenient(string raw)
    {
        var text = new StringBuilder();
        var content = raw.Trim()[1..^1];
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\\' && i + 1 < content.Length)
            {
                var length = content[i + 1] == 'u' ? Math.Min(6, content.Length - i) : 2;
                var (part, _) = Syntax.StringEscapes.Resolve(Pair(content, i, ref length));
                text.Append(part.Length == 0 ? "\uFFFD" : part);
                i += length - 1;
            }
            else
            {
                text.Append(content[i]);
            }
        }

        return text.ToString();
    }

    private static string Pair(string content, int at, ref int length)
    {
        var isHigh = length == 6 && content[at + 2] is 'd' or 'D' && content[at + 3] is '8' or '9' or 'a' or 'A' or 'b' or 'B';
        if (isHigh && at + 12 <= content.Length && content[at + 6] == '\\' && content[at + 7] == 'u'
            && content[at + 8] is 'd' or 'D' && content[at + 9] is >= 'c' and <= 'f' or >= 'C' and <= 'F')
            length = 12;
        return content.Substring(at, length);
    }
}
