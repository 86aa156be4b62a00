using System.Buffers;
using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>How a manifested value is laid out.</summary>
internal enum ManifestLayout
{
    /// <summary>Three spaces a level, as the reference's program prints.</summary>
    Indented,

    /// <summary>One line with spaces after commas and colons, as values look inside strings.</summary>
    OneLine,

    /// <summary>No white space, for machines.</summary>
    Compact,
}

/// <summary>Prints values as JSON, computing on the way whatever was not needed before.</summary>
internal sealed class Manifester(Evaluator evaluator, ManifestLayout layout, StringBuilder output, int maxLength)
{
    private static readonly SearchValues<char> NeedEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code), '"', '\\']);

    private int _indent;

    /// <summary>The string itself, or any other value as JSON in one line.</summary>
    public static StringValue ToStringValue(Evaluator evaluator, Value value)
    {
        if (value is StringValue text)
            return text;
        var json = ToText(evaluator, value, ManifestLayout.OneLine);
        evaluator.Charge(48 + 2L * json.Length);
        return StringValue.Of(json);
    }

    public static string ToText(Evaluator evaluator, Value value, ManifestLayout layout)
    {
        switch (value)
        {
            case NullValue:
                return "null";
            case BooleanValue boolean:
                return boolean.Content ? "true" : "false";
            case NumberValue number:
                return Numbers.ToText(number.Content);
            default:
                var output = new StringBuilder();
                new Manifester(evaluator, layout, output, evaluator.MaxOutputLength).Write(value);
                return output.ToString();
        }
    }

    public void Write(Value value)
    {
        switch (value)
        {
            case NullValue:
                output.Append("null");
                break;
            case BooleanValue boolean:
                output.Append(boolean.Content ? "true" : "false");
                break;
            case NumberValue number:
                output.Append(Numbers.ToText(number.Content));
                break;
            case StringValue text:
                AppendQuoted(output, text.Text);
                break;
            case FunctionValue:
                throw evaluator.Fail("couldn't manifest function as JSON");
            default:
                WriteNested(value);
                break;
        }

        if (output.Length > maxLength)
            throw evaluator.FailLimit(string.Create(CultureInfo.InvariantCulture, $"more than {maxLength} characters of output"));
    }

    private void WriteNested(Value value)
    {
        if (!Evaluator.HasStack)
        {
            evaluator.OnFreshStack<object?>(() =>
            {
                WriteNested(value);
                return null;
            });
            return;
        }

        var site = evaluator.Enter();
        if (value is ArrayValue array)
            WriteArray(array);
        else
            WriteObject((ObjectValue)value);
        evaluator.Leave(site);
    }

    private void WriteArray(ArrayValue array)
    {
        if (array.Length == 0)
        {
            output.Append(layout == ManifestLayout.Compact ? "[]" : "[ ]");
            return;
        }

        Open('[');
        for (var i = 0; i < array.Length; i++)
        {
            Separate(i);
            evaluator.Step();
            Write(array.Elements[i].Get(evaluator));
        }

        Close(']');
    }

    private void WriteObject(ObjectValue value)
    {
        value.CheckAssertions(evaluator);
        var names = value.FieldNames(evaluator, withHidden: false);
        if (names.Length == 0)
        {
            output.Append(layout == ManifestLayout.Compact ? "{}" : "{ }");
            return;
        }

        Open('{');
        for (var i = 0; i < names.Length; i++)
        {
            Separate(i);
            AppendQuoted(output, names[i]);
            output.Append(layout == ManifestLayout.Compact ? ":" : ": ");
            Write(value.Get(evaluator, names[i])!);
        }

        Close('}');
    }

    private void Open(char bracket)
    {
        output.Append(bracket);
        _indent += 3;
    }

    private void Separate(int index)
    {
        if (index > 0)
            output.Append(layout == ManifestLayout.OneLine ? ", " : ",");
        if (layout == ManifestLayout.Indented)
            output.Append('\n').Append(' ', _indent);
    }

    private void Close(char bracket)
    {
        _indent -= 3;
        if (layout == ManifestLayout.Indented)
            output.Append('\n').Append(' ', _indent);
        output.Append(bracket);
    }

    /// <summary>A JSON string in which control characters of both ranges are escaped.</summary>
    public static void AppendQuoted(StringBuilder output, string text)
    {
        output.Append('"');
        var rest = text.AsSpan();
        while (true)
        {
            var plain = rest.IndexOfAny(NeedEscape);
            if (plain < 0)
                break;
            output.Append(rest[..plain]);
            AppendEscape(output, rest[plain]);
            rest = rest[(plain + 1)..];
        }

        output.Append(rest).Append('"');
    }

    private static void AppendEscape(StringBuilder output, char c)
    {
        var escape = c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => null,
        };
        if (escape is not null)
            output.Append(escape);
        else
            output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
    }
}
