using System.Globalization;
using System.Text.Json;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;
using Selfservice.Jsonnet.Yaml;

namespace Selfservice.Jsonnet.Library;

/// <summary>Numbers and documents from text.</summary>
internal static class StdParsing
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("parseInt", "str", ParseInt);
        std.Lazy("parseOctal", "str", a => ParseNatural(a, 8, "Not an octal number: \"\""));
        std.Lazy("parseHex", "str", a => ParseNatural(a, 16, "Not hexadecimal: \"\""));
        std.Strict("parseJson", "str", ParseJson);
        std.Strict("parseYaml", "str", ParseYaml);
    }

    private static NumberValue ParseInt(Arguments a)
    {
        var text = a.Text(0);
        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        var isNumber = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
        return isNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? NumberValue.Of(number)
            : throw a.Evaluator.Fail($"{text} is not a base 10 integer");
    }

    /// <summary>Digits by their code points, as the library's own definition has it: what lies between '9' and 'A' counts as digits too.</summary>
    private static NumberValue ParseNatural(Arguments a, int radix, string emptyMessage)
    {
        if (a[0] is not StringValue text)
            throw a.Evaluator.Fail($"Expected string, got {a[0].TypeName}");
        if (text.Utf16Length == 0)
            throw a.Evaluator.Fail(emptyMessage);
        double number = 0;
        foreach (var c in text.Text)
        {
            var digit = c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
            if (digit < 0 || digit >= radix)
                throw a.Evaluator.Fail(string.Create(CultureInfo.InvariantCulture, $"{text.Text} is not a base {radix} integer"));
            number = (number * radix) + digit;
        }

        a.Evaluator.Work(text.Utf16Length);
        return a.Evaluator.Checked(number);
    }

    private static Value ParseJson(Arguments a)
    {
        var text = a.String(0);
        a.Evaluator.Charge(4L * text.Utf16Length);
        a.Evaluator.Work(text.Utf16Length >> 4);
        CheckNesting(a.Evaluator, text.Text);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text.Text, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        }
        catch (JsonException exception)
        {
            throw a.Evaluator.Fail($"failed to parse JSON: {exception.Message}");
        }

        using (document)
            return JsonReading.ToValue(a.Evaluator, document.RootElement);
    }

    /// <summary>Before it is parsed: the parser takes time in proportion to the square of the nesting.</summary>
    private static void CheckNesting(Evaluator evaluator, string json)
    {
        var depth = 0;
        var isString = false;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '"':
                    isString = !isString;
                    break;
                case '\\' when isString:
                    i++;
                    break;
                case '[' or '{' when !isString && ++depth > evaluator.MaxDepth:
                    throw evaluator.FailLimit("JSON nested too deeply");
                case ']' or '}' when !isString:
                    depth--;
                    break;
            }
        }
    }

    private static Value ParseYaml(Arguments a)
    {
        var text = a.String(0);
        a.Evaluator.Charge(4L * text.Utf16Length);
        a.Evaluator.Work(text.Utf16Length >> 2);
        try
        {
            return YamlDocuments.Read(a.Evaluator, text.Text);
        }
        catch (YamlException exception)
        {
            throw a.Evaluator.Fail($"failed to parse YAML: {exception.Message}");
        }
    }
}
