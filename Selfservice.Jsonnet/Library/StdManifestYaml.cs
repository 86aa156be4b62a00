using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary><c>std.manifestYamlDoc</c> and <c>std.manifestYamlStream</c>.</summary>
internal static class StdManifestYaml
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("manifestYamlDoc", "value indent_array_in_object? quote_keys?", a =>
        {
            var writer = new Writer(new TextOutput(a.Evaluator), a.Boolean(1, false), a.Boolean(2, true));
            writer.Write(a[0], "");
            return writer.Output.ToValue();
        });
        std.Lazy("manifestYamlStream", "value indent_array_in_object? c_document_end? quote_keys?", Stream);
    }

    private static StringValue Stream(Arguments a)
    {
        if (a[0] is not ArrayValue documents)
            throw a.Evaluator.Fail($"manifestYamlStream only takes arrays, got {a[0].TypeName}");
        var writer = new Writer(new TextOutput(a.Evaluator), a.Boolean(1, false), a.Boolean(3, true));
        writer.Output.Append("---\n");
        for (var i = 0; i < documents.Length; i++)
        {
            writer.Output.Append(i == 0 ? "" : "\n---\n");
            writer.Write(documents.Elements[i].Get(a.Evaluator), "");
        }

        return writer.Output.Append(a.Boolean(2, true) ? "\n...\n" : "\n").ToValue();
    }

    private sealed class Writer(TextOutput output, bool indentArrays, bool quoteKeys)
    {
        public TextOutput Output { get; } = output;

        private Evaluator Evaluator => Output.Evaluator;

        public void Write(Value value, string margin)
        {
            switch (value)
            {
                case StringValue text:
                    WriteString(text.Text, margin);
                    break;
                case NumberValue number:
                    Output.Append(Numbers.ToShortestText(number.Content));
                    break;
                case ArrayValue { Length: 0 }:
                    Output.Append("[]");
                    break;
                case ArrayValue array:
                    Output.Nested(() => WriteArray(array, margin));
                    break;
                case ObjectValue obj:
                    Output.Nested(() => WriteObject(obj, margin));
                    break;
                case FunctionValue:
                    // The reference prints nothing here.
                    break;
                default:
                    Output.Append(Manifester.ToText(Evaluator, value, ManifestLayout.OneLine));
                    break;
            }
        }

        /// <summary>Text that ends in a line feed as a literal block, other text quoted.</summary>
        private void WriteString(string text, string margin)
        {
            if (!text.EndsWith('\n'))
            {
                Output.Quoted(text);
                return;
            }

            Output.Append("|");
            foreach (var line in text[..^1].Split('\n'))
                Output.Append("\n").Append(margin).Append("  ").Append(line);
        }

        private void WriteArray(ArrayValue array, string margin)
        {
            for (var i = 0; i < array.Length; i++)
            {
                Output.Append(i == 0 ? "-" : $"\n{margin}-");
                var element = array.Elements[i].Get(Evaluator);
                var inner = IsFull(element) ? margin + "  " : margin;
                Output.Append(element is ArrayValue { Length: > 0 } ? "\n" + inner : " ");
                Write(element, inner);
            }
        }

        private void WriteObject(ObjectValue obj, string margin)
        {
            var names = obj.FieldNames(Evaluator, withHidden: false);
            if (names.Length == 0)
                Output.Append("{}");
            for (var i = 0; i < names.Length; i++)
            {
                Output.Append(i == 0 ? "" : "\n" + margin);
                Output.Append(quoteKeys || !YamlKeys.IsSafe(names[i]) ? StdStrings.QuoteJson(names[i]) : names[i]).Append(":");
                var field = obj.Get(Evaluator, names[i])!;
                var inner = IsFull(field) && (field is ObjectValue || indentArrays) ? margin + "  " : margin;
                Output.Append(IsFull(field) ? "\n" + inner : " ");
                Write(field, inner);
            }
        }

        private bool IsFull(Value value) => value is ArrayValue or ObjectValue && StdTypes.Length(Evaluator, value) > 0;
    }
}
